namespace MeshLint.Kuma.Versions;

/// <summary>What a fact is about, in the order of the documentation.</summary>
public enum FactSubject
{
    Kinds,
    MeshFields,
    Acceptance,
    Labels,
    Dataplanes,
    Services,
    Zones,
    Targets,
    Policies,
    Routes,
    Identities,
    PodsAndServices,
    Injection,
    Texts,
}
