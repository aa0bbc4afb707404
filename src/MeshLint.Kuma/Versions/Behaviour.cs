namespace MeshLint.Kuma.Versions;

/// <summary>
/// How one Kuma line behaves where lines differ: every difference that MeshLint knows is a property here, declared once with its value
/// in each line, the file of Kuma that decides it and Kuma's note about the change. The rest of the code asks for these facts and does
/// not compare versions. <c>docs/kuma/versions.md</c> is written from the same declarations.
/// </summary>
/// <remarks>
/// The declarations stand in the files <c>Behaviour.*.cs</c>, one for each subject. A fact is a list of open-ended ranges, so a line that
/// is added later (say 2.15) has what its predecessor has until a declaration says otherwise.
/// </remarks>
public sealed partial class Behaviour(FactTable facts)
{
    private static readonly Behaviour?[] Made = new Behaviour?[KumaVersions.All.Length];

    /// <summary>The behaviour of a line. One object per line, made when first asked for.</summary>
    public static Behaviour For(KumaVersion version)
    {
        ref var slot = ref Made[version.Index()];
        return Volatile.Read(ref slot)
            ?? Interlocked.CompareExchange(ref slot, new Behaviour(new FactTable(version)), null)
            ?? Volatile.Read(ref slot)!;
    }

    /// <summary>Whether the control plane makes Dataplanes without inbound tags.</summary>
    /// <param name="setting">The control plane's setting <c>experimental.inboundTagsDisabled</c>.</param>
    public bool MakesNoInboundTags(bool setting) => !InboundTags || (InboundTagsSetting && setting);

    /// <summary>Whether the listener of an outbound bears the KRI of its destination.</summary>
    /// <param name="isExclusive">The mesh is in mode Exclusive.</param>
    public bool NamesOutboundsByKri(bool isExclusive) => KriNames || (KriOutboundsInExclusive && isExclusive);

    /// <summary>Whether the listener of an inbound is named after the inbound's section.</summary>
    /// <param name="isExclusive">The mesh is in mode Exclusive.</param>
    public bool NamesInboundsBySection(bool isExclusive) => KriNames || (KriInboundsInExclusive && isExclusive);

    private static Ranges<bool> Since(KumaVersion first) => new([(KumaVersions.All[0], false), (first, true)]);

    private static Ranges<bool> Since(KumaVersion first, KumaVersion before) =>
        new([(KumaVersions.All[0], false), (first, true), (before, false)]);

    private static Ranges<bool> Before(KumaVersion first) => new([(KumaVersions.All[0], true), (first, false)]);

    private static Ranges<T> By<T>(T first, params ReadOnlySpan<(KumaVersion From, T Value)> changes) =>
        new([(KumaVersions.All[0], first), .. changes]);
}
