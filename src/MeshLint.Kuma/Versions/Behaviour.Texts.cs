using static MeshLint.Kuma.Versions.FactSubject;
using static MeshLint.Kuma.Versions.KumaVersion;

namespace MeshLint.Kuma.Versions;

/// <content>Wording of messages, for those who compare them.</content>
public sealed partial class Behaviour
{
    public string NotFoundSubject { get; } = facts.Add(
        Texts, "First word of the message about a resource that is not found",
        By("Resource", (V2_11, "resource")), "pkg/core/resources/store/store.go");

    public string CreateFailedTitle { get; } = facts.Add(
        Texts, "Title of the answer to a document that cannot be created",
        By("Could not create a resource", (V2_12, "Failed to create a resource")), "pkg/api-server/resource_endpoints.go");

    public bool LabelLengthInBytes { get; } = facts.Add(
        Texts, "Texts of the Kubernetes library about labels count bytes and say 'a valid label key'",
        Since(V2_11), "go.mod");

    public bool PlacementTextQuoted { get; } = facts.Add(
        Texts, "The text about a wrong label on Kubernetes puts names in quotes",
        Since(V2_11), "pkg/plugins/runtime/k8s/webhooks/resourceadmissionchecker.go");

    public bool PlacementTextNamesNamespace { get; } = facts.Add(
        Texts, "The text about a missing origin says 'on a system namespace'",
        Since(V2_12), "pkg/plugins/runtime/k8s/webhooks/resourceadmissionchecker.go");

    public bool UnsupportedKindNamed { get; } = facts.Add(
        Texts, "The text about an unsupported kind names it",
        Since(V2_13), "pkg/core/resources/apis/mesh/validators.go");

    public string RequiredFieldClause { get; } = facts.Add(
        Texts, "Words between 'must be set' and the kind",
        By("with kind", (V2_14, "when kind is")), "pkg/core/resources/apis/mesh/validators.go");

    public bool SpiffeProblemNamed { get; } = facts.Add(
        Texts, "The text about a SPIFFE ID says what is wrong with it",
        Since(V2_14), "pkg/core/resources/apis/mesh/validators.go");

    public string NeedsOnePartText { get; } = facts.Add(
        Texts, "The text for a policy that has none of its parts",
        By("at least one of 'from', 'to' has to be defined",
            (V2_10, "at least one of 'from', 'to' or 'rules' has to be defined"),
            (V3_0, "at least one of 'to' or 'rules' has to be defined")),
        "pkg/plugins/policies/meshtimeout/api/v1alpha1/validator.go");

    public string FromOnGatewaysText { get; } = facts.Add(
        Texts, "The text about 'from' in a policy that selects gateways",
        By("must not be defined",
            (V2_10, "must not be defined when the scope includes a Gateway, select only proxyType Sidecar or select only gateways"
                + " and use spec.to")),
        "pkg/plugins/policies/meshtimeout/api/v1alpha1/validator.go", "UPGRADE.md 2.10.x: Built-in MeshGateway policy targeting");
}
