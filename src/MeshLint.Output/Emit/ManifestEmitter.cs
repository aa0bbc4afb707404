using MeshLint.Yaml;
using System.Text;
using MeshLint.Kuma.Admission;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;

namespace MeshLint.Output.Emit;

/// <summary>Renders the accepted resources of a repository as manifests (docs/emit.md).</summary>
/// <remarks>
/// One file a resource: <c>kubernetes|universal/&lt;control plane&gt;/&lt;mesh, or _ for none&gt;/&lt;kind&gt;/&lt;name&gt;.yaml</c>.
/// Of two documents for one resource the later one counts, as it would on the control plane.
/// </remarks>
public static class ManifestEmitter
{
    /// <summary>Renders manifests.</summary>
    /// <param name="verdicts">What the control planes said; refused documents have no manifest and a note.</param>
    /// <param name="objects">Core Kubernetes objects; only Kuma's Secrets among them are rendered.</param>
    /// <param name="forms">The forms wanted.</param>
    /// <param name="version">The Kuma line that the manifests are for.</param>
    public static EmitResult Emit(
        IEnumerable<AdmissionVerdict> verdicts, IEnumerable<KubernetesObject> objects, ManifestForms forms, KumaVersion version)
    {
        var notes = ImmutableArray.CreateBuilder<EmitNote>();
        var manifests = new List<Manifest>();
        foreach (var verdict in verdicts)
        {
            if (Manifest.From(verdict) is { } manifest)
                manifests.Add(manifest);
            else
                notes.Add(new EmitNote(forms, verdict.Resource.Identity, verdict.Resource.Location, true, "the control plane refuses it"));
        }

        foreach (var item in objects)
        {
            if (Manifest.From(item) is { } secret)
                manifests.Add(secret);
        }

        manifests.Sort(static (a, b) => b.Order.CompareTo(a.Order));
        var files = ImmutableArray.CreateBuilder<OutputFile>();
        foreach (var form in (ReadOnlySpan<ManifestForms>)[ManifestForms.Kubernetes, ManifestForms.Universal])
        {
            if (forms.HasFlag(form))
                Render(manifests, form, version, files, notes);
        }

        notes.Sort(static (a, b) =>
        {
            var order = string.CompareOrdinal(a.Location.Source.Path, b.Location.Source.Path);
            order = order != 0 ? order : a.Location.Span.Start.CompareTo(b.Location.Span.Start);
            order = order != 0 ? order : a.Form.CompareTo(b.Form);
            return order != 0 ? order : string.CompareOrdinal(a.Message, b.Message);
        });
        foreach (var form in (ReadOnlySpan<ManifestForms>)[ManifestForms.Kubernetes, ManifestForms.Universal])
        {
            if (forms.HasFlag(form) && WriteNotes(form, notes) is { } text)
                files.Add(new OutputFile($"{Folder(form)}/NOTES.md", text));
        }

        files.Sort(static (a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return new EmitResult(files.ToImmutable(), notes.ToImmutable());
    }

    // Manifests come latest first, so that the first to claim a file is the one that counts.
    private static void Render(
        List<Manifest> manifests, ManifestForms form, KumaVersion version, ImmutableArray<OutputFile>.Builder files,
        ImmutableArray<EmitNote>.Builder notes)
    {
        var taken = new Dictionary<string, Manifest>(StringComparer.Ordinal);
        foreach (var manifest in manifests)
        {
            var sink = new NoteSink(form, manifest, notes);
            var before = notes.Count;
            var tree = form == ManifestForms.Kubernetes
                ? FormConverter.ToKubernetes(manifest, sink, out var name)
                : FormConverter.ToUniversal(manifest, version, sink, out name);
            if (tree is null)
                continue;
            var mesh = manifest.Kind.IsMeshScoped ? SafePath.Segment(manifest.Mesh) : "_";
            var path = $"{Folder(form)}/{SafePath.Segment(manifest.Place.Name)}/{mesh}/{manifest.Kind.Name}/{SafePath.Segment(name)}.yaml";
            if (!taken.TryAdd(path, manifest))
            {
                notes.Count = before;
                var winner = taken[path].Location;
                sink.Omit(
                    $"the document at {winner.Source.Path}:{winner.Source.GetPosition(winner.Span.Start).Line} is the same resource and "
                        + "comes later");
                continue;
            }

            files.Add(new OutputFile(path, YamlWriter.Write(tree.Root)));
        }
    }

    private static string Folder(ManifestForms form) => form == ManifestForms.Kubernetes ? "kubernetes" : "universal";

    private static string? WriteNotes(ManifestForms form, IEnumerable<EmitNote> notes)
    {
        var text = new StringBuilder();
        foreach (var omitted in (ReadOnlySpan<bool>)[true, false])
        {
            var isFirst = true;
            foreach (var note in notes)
            {
                if (!note.Form.HasFlag(form) || note.IsOmitted != omitted)
                    continue;
                if (isFirst)
                    text.Append(text.Length > 0 ? "\n" : "")
                        .Append(omitted ? "# Not rendered in this form\n\n" : "# Rendered, but not quite the same\n\n");
                isFirst = false;
                var identity = note.Resource;
                var line = note.Location.Source.GetPosition(note.Location.Span.Start).Line;
                var name = identity.Namespace is { } ns ? $"{ns}/{identity.Name}" : identity.Name;
                text.Append("- ").Append(Markdown.Code($"{note.Location.Source.Path}:{line}")).Append(' ')
                    .Append(Markdown.Code($"{identity.Kind} {name}"))
                    .Append(": ").Append(Markdown.Escape(note.Message)).Append('\n');
            }
        }

        return text.Length > 0 ? text.ToString() : null;
    }
}
