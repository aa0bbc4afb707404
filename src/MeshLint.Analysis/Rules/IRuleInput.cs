using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Binding;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Topology;

namespace MeshLint.Analysis.Rules;

/// <summary>The values of the earlier stages, which rules look at: immutable, for one repository and one Kuma line.</summary>
public interface IRuleInput
{
    /// <summary>What the user configures, the Kuma line among it.</summary>
    MeshLintOptions Options { get; }

    /// <summary>The documents that may concern a mesh.</summary>
    DocumentSet Documents { get; }

    /// <summary>The Kuma resources as written, in document order.</summary>
    ImmutableArray<MeshResource> Resources { get; }

    /// <summary>The core Kubernetes objects, in document order.</summary>
    ImmutableArray<KubernetesObject> Objects { get; }

    /// <summary>What the control planes would answer, parallel to <see cref="Resources"/>.</summary>
    ImmutableArray<AdmissionVerdict> Verdicts { get; }

    /// <summary>What Kubernetes control planes derive from workloads and Services, and what goes wrong on the way.</summary>
    KubernetesDerivation Derivation { get; }

    /// <summary>The graph of what the control planes accept.</summary>
    MeshGraph Graph { get; }

    /// <summary>What every reference of the graph finds.</summary>
    Bindings Bindings { get; }

    /// <summary>The references, each with what it finds in every control plane where its document takes effect.</summary>
    ImmutableArray<Reference> References { get; }

    /// <summary>The Dataplanes that at least one MeshService selects.</summary>
    IReadOnlySet<Dataplane> SelectedDataplanes { get; }
}
