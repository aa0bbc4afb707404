namespace MeshLint.Kuma.Admission;

/// <summary>The control plane's (or API server's) own words for refusing a document.</summary>
/// <param name="Field">Path of the violation; empty where the answer names none.</param>
/// <param name="Reason">Its message, verbatim.</param>
public sealed record AdmissionRefusal(string Field, string Reason);
