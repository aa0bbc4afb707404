using System.Text.Json;

namespace MeshLint.Build.Recordings;

/// <summary>One kind of recording and how much of it the sample takes.</summary>
/// <param name="Name">Name of the file without extension, such as <c>universes-zone</c>.</param>
/// <param name="Lines">The most lines that the sample takes of a version; groups are taken whole.</param>
/// <param name="Group">What must stay together, such as one mesh in four modes; lines of one group have one key.</param>
/// <param name="Stratum">What the sample is spread over; lines of one stratum are alike.</param>
/// <param name="Skip">Lines that say nothing about the documents (see the remarks of <see cref="RecordingKinds"/>).</param>
internal sealed record RecordingKind(
    string Name,
    int Lines,
    Func<JsonElement, string> Group,
    Func<JsonElement, string> Stratum,
    Func<string, JsonElement, bool> Skip);
