using MeshLint.Diagnostics;
using MeshLint.Kuma.Kubernetes;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Analysis.Rules.Kubernetes;

/// <summary>What to say of one event, before it is known that nobody said it already.</summary>
internal sealed class EventReport(DiagnosticDescriptor descriptor, KubernetesEvent item, string message)
{
    private const int MostRelated = 3;
    private readonly List<(Location At, string Text)> related = [];
    private readonly List<string> notes = [];
    private KubernetesObject about = item.Object;
    private Severity severity = descriptor.Severity;
    private string? help;
    private string? world;
    private string? refusal;
    private bool atKey;

    public DiagnosticDescriptor Descriptor => descriptor;

    public Location At => !item.Node.Exists ? about.Location : atKey ? Location.OfKey(item.Node) : Location.Of(item.Node);

    public EventReport On(KubernetesObject other)
    {
        about = other;
        return this;
    }

    public EventReport AtKey()
    {
        atKey = true;
        return this;
    }

    public EventReport Note(string text)
    {
        notes.Add(text);
        return this;
    }

    public EventReport Help(string text)
    {
        help = text;
        return this;
    }

    public EventReport As(Severity other)
    {
        severity = other;
        return this;
    }

    /// <summary>The finding holds only if everything of the kind is in the repository.</summary>
    public EventReport World(string? kind)
    {
        world = kind;
        return this;
    }

    /// <summary>The words with which the object itself is refused, if it is.</summary>
    public EventReport Refuses(string? text)
    {
        refusal = text;
        return this;
    }

    public EventReport Related(Location? at, string text)
    {
        if (at is { } place)
            related.Add((place, text));
        return this;
    }

    public EventReport Related(IEnumerable<KubernetesObject> objects, string text)
    {
        foreach (var one in objects.Take(MostRelated))
            related.Add((one.Location, text));
        return this;
    }

    public void Report(RuleContext context)
    {
        var finding = context.Report(descriptor, At, message).On(about).As(severity).Help(help);
        foreach (var (at, text) in related)
            finding.Related(at, text);
        foreach (var note in notes)
            finding.Note(note);
        if (world is not null)
            finding.UnlessOpen(context.Options, world);
        if (refusal is not null)
            finding.Refused("", refusal);
    }
}
