namespace MeshLint.Kuma.Admission.Validators.Policies;

/// <summary>The top-level targetRef of a policy and the parts that most kinds have (docs/kuma/policies.md#parts-of-a-policy).</summary>
internal static class PolicyParts
{
    /// <summary>Checks <c>spec.targetRef</c> where it is written; left out it means the whole mesh.</summary>
    /// <param name="v">The validation.</param>
    /// <param name="spec">The policy's spec.</param>
    /// <param name="kinds">What 2.x allows; 2.9 has no Dataplane, 3.0 has nothing but Mesh and Dataplane.</param>
    /// <param name="systemKinds">What 2.x allows besides for a policy of role system.</param>
    /// <param name="inbound">Whether the policy configures inbounds.</param>
    /// <param name="listenerTags">Whether a MeshGateway may carry listener tags.</param>
    public static void ValidateTop(
        Validation v, Field spec, TargetRefKinds kinds, TargetRefKinds systemKinds = TargetRefKinds.None, bool inbound = false,
        bool listenerTags = true)
    {
        var target = spec["targetRef"];
        if (!target.IsSet)
            return;
        if (v.Role == PolicyRole.System)
            kinds |= systemKinds;
        if (!v.Behaviour.TopLevelDataplane)
            kinds &= ~TargetRefKinds.Dataplane;
        else if (v.Behaviour.TopLevelMeshOrDataplane)
            kinds = TargetRefKinds.Mesh | TargetRefKinds.Dataplane;
        TargetRefCheck.Validate(target, new TargetRefOptions(kinds) { Inbound = inbound, ListenerTags = listenerTags });
    }

    /// <summary>The kind of the top-level targetRef, Mesh where there is none.</summary>
    public static TargetRefKinds TopKind(Field spec) =>
        spec["targetRef"].IsSet ? TargetRefKindNames.Parse(spec["targetRef"]["kind"].Text) : TargetRefKinds.Mesh;

    /// <summary>Whether the policy may select gateways (kuma: api/common/v1alpha1/targetref.go, IncludesGateways).</summary>
    public static bool IncludesGateways(Field spec)
    {
        var kind = TopKind(spec);
        if (!spec.Behaviour.TagSubsets)
            return kind is TargetRefKinds.Mesh or TargetRefKinds.MeshHTTPRoute;
        if (kind is TargetRefKinds.MeshGateway or TargetRefKinds.MeshHTTPRoute)
            return true;
        if (kind is not (TargetRefKinds.Mesh or TargetRefKinds.MeshSubset))
            return false;
        var proxyTypes = spec["targetRef"]["proxyTypes"];
        if (proxyTypes.Count == 0)
            return true;
        foreach (var type in proxyTypes.Items)
        {
            if (type.Text == "Gateway")
                return true;
        }

        return false;
    }

    /// <summary>Whether the policy configures inbounds: it has <c>rules</c> or, in 2.x, <c>from</c>.</summary>
    public static bool AffectsInbounds(Field rules, Field from) => rules.Count > 0 || from.Count > 0;

    /// <summary>The <c>from</c> part, which 3.0 does not have.</summary>
    public static Field From(Field spec) => spec.Where(spec.Behaviour.FromArrays, "from");

    /// <summary>The text for a policy of an inbound and outbound kind that has none of its parts.</summary>
    public static string NeedsOnePart(KumaVersion version) => version.Behaviour.NeedsOnePartText;

    /// <summary>
    /// Whether <c>from</c> may be there: not where the policy may select gateways, which have no clients known to the mesh.
    /// </summary>
    public static bool AllowsFrom(Field spec, Field from)
    {
        if (from.Count == 0 || !IncludesGateways(spec))
            return true;
        from.Report(spec.Behaviour.FromOnGatewaysText);
        return false;
    }

    /// <summary>Whether <c>to</c> may be there in a kind that has it for gateways alone.</summary>
    public static bool AllowsGatewayTo(Field spec)
    {
        if (spec["to"].Count == 0 || IncludesGateways(spec))
            return true;
        spec["to"].Report(Messages.MustNotBeDefined);
        return false;
    }

    /// <summary>Checks <c>to[].targetRef</c> of the kinds that not every line lets take a MeshExternalService.</summary>
    public static void ValidateTo(Field spec, Field target, TargetRefKinds kinds, bool isExternalYet, string? unsupportedKind = null)
    {
        TargetRefCheck.Validate(
            target,
            new TargetRefOptions(isExternalYet ? kinds : kinds & ~TargetRefKinds.MeshExternalService)
            {
                UnsupportedKind = unsupportedKind,
            });
        target["kind"].ReportIf(
            !isExternalYet && target["kind"].Text == "MeshExternalService" && TopKind(spec) != TargetRefKinds.Mesh,
            "kind MeshExternalService is only allowed with targetRef.kind: Mesh as it is configured on the Zone Egress and shared by all "
                + "clients in the mesh");
    }

    /// <summary>
    /// What <c>to[].targetRef</c> of MeshRetry and MeshTimeout may name: less where the policy is for a gateway's or a route's traffic.
    /// </summary>
    public static TargetRefKinds ToKindsOfRoutedPolicy(Field spec)
    {
        var top = TopKind(spec);
        if (top == TargetRefKinds.MeshHTTPRoute || (top == TargetRefKinds.MeshGateway && spec.Behaviour.BuiltinGateways))
            return TargetRefKinds.Mesh | TargetRefKinds.MeshExternalService;
        const TargetRefKinds kinds =
            TargetRefKinds.Mesh | TargetRefKinds.MeshService | TargetRefKinds.MeshExternalService | TargetRefKinds.MeshMultiZoneService;
        return spec.Behaviour.ToMeshHTTPRoute ? kinds | TargetRefKinds.MeshHTTPRoute : kinds;
    }
}
