using System.Globalization;

namespace MeshLint.Kuma.Admission.Validators;

/// <summary>
/// A place in a body under validation, whether or not something is written there, with the path that a control plane gives it.
/// </summary>
/// <remarks>
/// The path is put together only when something is reported. Most paths follow the document; <see cref="Named"/> gives a place
/// the path that Kuma's validator uses where that one differs.
/// </remarks>
internal readonly struct Field
{
    private readonly Validation validation;

    /// <summary>The nearest thing that is written; findings point to it.</summary>
    private readonly Node anchor;

    /// <summary>What is missing below <see cref="anchor"/>.</summary>
    private readonly string suffix;

    /// <summary>The path of <see cref="anchor"/> where it does not follow the document.</summary>
    private readonly string? path;

    private Field(Validation validation, Node node, Node anchor, string suffix, string? path)
    {
        this.validation = validation;
        this.anchor = anchor;
        this.suffix = suffix;
        this.path = path;
        Node = node;
    }

    /// <summary>What is written here; missing where nothing is.</summary>
    public Node Node { get; }

    public KumaVersion Version => validation.Version;

    /// <summary>Something other than <c>null</c> is written here: Go's non-nil pointer.</summary>
    public bool IsSet => !Node.IsNullOrMissing;

    /// <summary>Number of items or entries; 0 for anything else.</summary>
    public int Count => Node.Count;

    /// <summary>
    /// The text of the scalar written here, "" for anything else: Go's zero value. A decoded body has strings where strings belong.
    /// </summary>
    public string Text => Node.Text ?? "";

    /// <summary>The number written here, 0 for anything else.</summary>
    public long Integer => Node.AsInteger() ?? 0;

    /// <summary>The duration written here in nanoseconds, 0 for anything else.</summary>
    public long Nanoseconds => Node.AsString() is { } text && GoDuration.Parse(text, out var value) is null ? value : 0;

    public string Path => Join(path ?? anchor.GetPath(), suffix);

    public ItemList Items => new(this);

    /// <summary>What the Kuma line does where lines differ.</summary>
    public Behaviour Behaviour => validation.Behaviour;

    /// <summary>The member of a mapping.</summary>
    public Field this[string key]
    {
        get
        {
            var child = Node[key];
            if (!child.Exists)
                return Missing(key);
            return new Field(validation, child, child, "", path is null ? null : Join(path, key));
        }
    }

    /// <summary>The body: <c>spec</c>.</summary>
    public static Field Spec(Validation validation) =>
        new(validation, validation.Spec, validation.Spec, "", validation.Spec.Exists ? null : "spec");

    /// <summary>A node that is written.</summary>
    public static Field Of(Validation validation, Node node) => new(validation, node, node, "", null);

    /// <summary>A member that the version does not know, whatever is written under its name.</summary>
    public Field Missing(string key) => new(validation, default, anchor, Join(suffix, key), path);

    /// <summary>A member that some lines do not read.</summary>
    /// <param name="isRead">The fact that says whether this line does.</param>
    /// <param name="key">Its name.</param>
    public Field Where(bool isRead, string key) => isRead ? this[key] : Missing(key);

    /// <summary>An entry of a map, with the path <c>tags["k"]</c>.</summary>
    public Field Entry(string key)
    {
        var child = Node[key];
        return new Field(validation, child, child.Exists ? child : anchor, "", Path + "[" + GoText.Quote(key) + "]");
    }

    /// <summary>The same place under another path.</summary>
    public Field Named(string newPath) => new(validation, Node, anchor, "", newPath);

    public void Report(string reason) => validation.ReportAt(Path, anchor, reason);

    /// <summary>Reports a reason if there is one.</summary>
    public void ReportIf(bool wrong, string reason)
    {
        if (wrong)
            Report(reason);
    }

    private static string Join(string first, string second) =>
        first.Length == 0 ? second : second.Length == 0 ? first : second[0] == '[' ? first + second : $"{first}.{second}";

    /// <summary>The items of a list, in order; empty for anything else.</summary>
    public readonly struct ItemList(Field list)
    {
        public Enumerator GetEnumerator() => new(list);
    }

    /// <summary>Walks the items of a list.</summary>
    public struct Enumerator(Field list)
    {
        private Node.Enumerator nodes = list.Node.Items.GetEnumerator();

        /// <summary>Position of the current item.</summary>
        private int index = -1;

        public readonly Field Current
        {
            get
            {
                var node = nodes.Current;
                return new Field(
                    list.validation,
                    node,
                    node,
                    "",
                    list.path is null ? null : list.path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]");
            }
        }

        public bool MoveNext()
        {
            index++;
            return nodes.MoveNext();
        }
    }
}
