namespace MeshLint.Yaml;

/// <content>Aliases and merges.</content>
internal sealed partial class YamlAssembler
{
    private int AddAnchor(string name, in YamlAnchor anchor)
    {
        (anchorNames ??= new Dictionary<string, int>(StringComparer.Ordinal))[name] = anchors.Count;
        anchors.Add(anchor);
        return anchors.Count - 1;
    }

    private YamlAnchor FindAnchor(string name, TextSpan at)
    {
        if (anchorNames is null || !anchorNames.TryGetValue(name, out var index))
            throw new YamlFault(at, $"no anchor '&{name}' is defined before this alias in the same document");
        if (anchors[index].IsOpen)
            throw new YamlFault(at, $"the value of anchor '&{name}' contains itself");
        return anchors[index];
    }

    private void OnAlias()
    {
        ref readonly var alias = ref events.Current;
        var at = SpanOf(alias);
        var target = FindAnchor(alias.Anchor!, at);
        var isContainer = target.Kind is NodeKind.Mapping or NodeKind.Sequence;
        var expects = depth > 0 ? frames[depth - 1].Expects : YamlExpectation.Item;
        if (expects == YamlExpectation.Key && isContainer)
            throw new YamlFault(at,
                $"'*{alias.Anchor}' is a {(target.Kind == NodeKind.Mapping ? "mapping" : "list")}, which cannot be a key");
        if (expects >= YamlExpectation.MergeValue && target.Kind != NodeKind.Mapping)
            throw WrongMerge(at);
        Count(1, at);
        if (!steps.TakeAlias(target.Cost))
            throw TooManyAliases(at);
        switch (expects)
        {
            case YamlExpectation.Key:
                SetKey(ref frames[depth - 1], target.Kind, target.Text, at);
                return;
            case YamlExpectation.MergeValue:
                Merge(ref frames[depth - 1], target.Node);
                break;
            case YamlExpectation.MergeItem:
                frames[depth - 1].Sources!.Add(target.Node);
                if (frames[depth - 1].Anchor >= 0)
                    Copy(target, at);
                break;
            default:
                Copy(target, at);
                break;
        }

        Advance(at.End);
    }

    private void Copy(in YamlAnchor target, TextSpan at)
    {
        if (target.Node < 0)
        {
            builder.Scalar(target.Kind, target.Text, target.Span, target.Style);
            return;
        }

        Charge(builder.Peek(target.Node).Size, at);
        builder.Repeat(target.Node);
    }

    private void EndMergeSource(in YamlFrame source)
    {
        ref var parent = ref frames[depth - 1];
        if (parent.Expects == YamlExpectation.MergeItem)
        {
            parent.Sources!.Add(source.Node);
            return;
        }

        if (source.Sources is not { } sources)
        {
            Merge(ref parent, source.Node);
            return;
        }

        // Go applies the list from its end, so that the earlier ones win; of one mapping that is listed twice only the first place counts.
        var seen = sources.Count > 1 ? new HashSet<int>() : null;
        var distinct = new List<int>(sources.Count);
        foreach (var node in sources)
        {
            if (seen is null || seen.Add(node))
                distinct.Add(node);
        }

        for (var i = distinct.Count - 1; i >= 0; i--)
            Merge(ref parent, distinct[i]);
    }

    private void Merge(ref YamlFrame frame, int from)
    {
        var end = from + builder.Peek(from).Size;
        for (var child = from + 1; child < end;)
        {
            var data = builder.Peek(child);
            if (!data.IsDead)
            {
                var at = new TextSpan(data.KeyStart, data.KeyEnd);
                Charge(data.Size, at);
                Replace(ref frame, data.Key!, at, isMerged: true);
                builder.Key(data.Key!, at);
                builder.KeyFault(data.Fault == NodeFault.NotFinite ? NodeFault.None : data.Fault);
                builder.Repeat(child);
            }

            child += data.Size;
        }
    }

    private void Count(int count, TextSpan at)
    {
        if (!steps.Take(count))
            throw TooManyAliases(at);
        if (builder.Length > DocumentReader.MaxNodes)
            throw new YamlFault(at, $"more than {DocumentReader.MaxNodes} nodes", DocumentProblemKind.TooLarge);
    }

    private void Charge(int nodes, TextSpan at)
    {
        aliasNodes += nodes;
        if (aliasNodes > DocumentReader.MaxAliasNodes)
            throw new YamlFault(at, $"aliases expand to more than {DocumentReader.MaxAliasNodes} nodes", DocumentProblemKind.TooLarge);
    }

    private static YamlFault TooManyAliases(TextSpan at)
        => new(at, "almost all of the document comes from aliases, which kubectl and kumactl refuse");

    private static YamlFault WrongMerge(TextSpan at) => new(at, "only a mapping or a list of mappings can be merged with '<<'");
}
