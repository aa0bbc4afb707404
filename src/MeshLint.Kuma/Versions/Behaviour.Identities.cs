using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>Who a proxy is.</content>
public sealed partial class Behaviour
{
    public bool IdentityNeedsExclusive { get; } = facts.Add(
        Identities, "A MeshIdentity works in a mesh of mode Exclusive only",
        Before(V3_0),
        "pkg/core/resources/apis/meshidentity/status/updater.go",
        "UPGRADE.md 3.0.0: MeshService mode no longer disables zone proxy listeners, inspect endpoints, or MeshIdentity initialization");

    public bool IdentityOnUniversal { get; } = facts.Add(
        Identities, "A MeshIdentity works on Universal too, and names a proxy there by its workload",
        Since(V2_13), "pkg/core/resources/apis/meshidentity/api/v1alpha1/helpers.go", "CHANGELOG.md 2.13.0");

    public bool IdentityProviderOptional { get; } = facts.Add(
        Identities, "A MeshIdentity without provider counts as partially ready",
        Since(V2_13), "pkg/core/resources/apis/meshidentity/api/v1alpha1/validator.go");

    public bool IdentityPathChecked { get; } = facts.Add(
        Identities, "The path of a SPIFFE ID is parsed; otherwise the trust domain is parsed twice",
        Since(V2_13), "pkg/core/resources/apis/meshidentity/api/v1alpha1/validator.go");

    public bool IdentityExtension { get; } = facts.Add(
        Identities, "A MeshIdentity may have provider type Extension",
        Since(V2_14), "pkg/core/resources/apis/meshidentity/api/v1alpha1/meshidentity.go");

    public bool EveryIdentityCounts { get; } = facts.Add(
        Identities, "A MeshService lists the SPIFFE IDs of every identity that selects a proxy, not of the best one only",
        Since(V2_13), "pkg/core/resources/apis/meshservice/status/updater.go");

    public bool SpiffeIdsChecked { get; } = facts.Add(
        Identities, "A SPIFFE ID that does not follow the grammar is left out",
        Since(V2_13), "pkg/core/resources/apis/meshidentity/api/v1alpha1/helpers.go");

    public bool SpireNeedsNoTrust { get; } = facts.Add(
        Identities, "An identity of SPIRE counts as trusted without a MeshTrust",
        Since(V2_13), "pkg/core/resources/apis/meshservice/status/updater.go");

    public bool TrustOriginDeprecated { get; } = facts.Add(
        Identities, "'origin' in the spec of a MeshTrust is taken with a warning",
        Since(V2_13),
        "pkg/core/resources/apis/meshtrust/api/v1alpha1/deprecated.go", "UPGRADE.md 2.13.x: MeshTrust spec.origin Field Removed");

    public bool ServiceTagIdentities { get; } = facts.Add(
        Identities, "A MeshService lists identities of type ServiceTag",
        Before(V3_0),
        "pkg/core/resources/apis/meshservice/status/updater.go",
        "UPGRADE.md 3.0.0: MeshService.spec.identities now accepts SPIFFE IDs only");

    public bool TagsBesideSpiffeIds { get; } = facts.Add(
        Identities, "Identities of type ServiceTag are listed beside SPIFFE IDs in a mesh without mTLS too",
        By(true, (V2_12, false), (V2_13, true)), "pkg/core/resources/apis/meshservice/status/updater.go");

    public bool WorkloadAsServiceTag { get; } = facts.Add(
        Identities, "A proxy without service tags gives its workload as ServiceTag identity",
        Since(V2_14), "pkg/core/resources/apis/meshservice/status/updater.go");
}
