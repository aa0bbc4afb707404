namespace MeshLint.Yaml;

/// <summary>Makes events of tokens by the grammar of libyaml as go-yaml v2 keeps it (its parserc.go). The nesting costs no stack.</summary>
internal sealed class YamlEventReader(YamlScanner scanner)
{
    private enum State : byte
    {
        DocumentStart,
        DocumentContent,
        DocumentEnd,
        BlockSequenceFirst,
        BlockSequence,
        IndentlessSequence,
        BlockMappingFirst,
        BlockMappingKey,
        BlockMappingValue,
        FlowSequenceFirst,
        FlowSequence,
        FlowPairKey,
        FlowPairValue,
        FlowPairEnd,
        FlowMappingFirst,
        FlowMapping,
        FlowMappingValue,
        FlowMappingNoValue,
        End,
    }

    private readonly List<(string Handle, string Prefix)> handles = [];
    private State[] states = Spare<State>.Take(32);
    private int stateCount;
    private State state = State.DocumentStart;
    private YamlEvent current;

    /// <summary>The event that <see cref="Read"/> found last.</summary>
    public ref readonly YamlEvent Current => ref current;

    /// <summary>Gives the working array back; nothing can be read after it.</summary>
    public void Release()
    {
        Spare<State>.Give(states);
        states = [];
    }

    /// <summary>The text of a scalar event.</summary>
    public ReadOnlySpan<char> TextOf(string source) => current.Text ?? source.AsSpan(current.TextSpan.Start, current.TextSpan.Length);

    /// <summary>Finds the next event of the first document; after <see cref="YamlEventKind.DocumentEnd"/> nothing more is read.</summary>
    public YamlEventKind Read()
    {
        current = default;
        switch (state)
        {
            case State.DocumentStart:
                ReadDocumentStart();
                break;
            case State.DocumentContent:
                ReadDocumentContent();
                break;
            case State.DocumentEnd:
                ReadDocumentEnd();
                break;
            case State.BlockSequenceFirst or State.BlockSequence or State.IndentlessSequence:
                ReadBlockItem();
                break;
            case State.BlockMappingFirst or State.BlockMappingKey:
                ReadBlockKey();
                break;
            case State.BlockMappingValue:
                ReadBlockValue();
                break;
            case State.FlowSequenceFirst or State.FlowSequence:
                ReadFlowItem();
                break;
            case State.FlowPairKey or State.FlowPairValue or State.FlowPairEnd:
                ReadFlowPair();
                break;
            case State.FlowMappingFirst or State.FlowMapping:
                ReadFlowKey();
                break;
            case State.FlowMappingValue or State.FlowMappingNoValue:
                ReadFlowValue();
                break;
            default:
                current.Kind = YamlEventKind.StreamEnd;
                break;
        }

        return current.Kind;
    }

    private void Push(State next)
    {
        if (stateCount == states.Length)
            Array.Resize(ref states, states.Length * 2);
        states[stateCount++] = next;
    }

    private void Pop() => state = states[--stateCount];

    private TokenKind Next() => scanner.Peek().Kind;

    private void ReadDocumentStart()
    {
        var kind = Next();
        if (kind == TokenKind.StreamEnd)
        {
            state = State.End;
            current.Kind = YamlEventKind.StreamEnd;
            current.Start = current.End = scanner.Peek().Start;
            return;
        }

        current.Kind = YamlEventKind.DocumentStart;
        current.Start = current.End = scanner.Peek().Start;
        var isExplicit = kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart;
        ReadDirectives();
        Push(State.DocumentEnd);
        state = State.DocumentContent;
        if (!isExplicit)
        {
            // A document that begins without '---' must have a node.
            isImplicitDocument = true;
            return;
        }

        if (Next() != TokenKind.DocumentStart)
        {
            throw new YamlFault(
                new TextSpan(current.Start, current.Start + 1),
                "directives are cut off from their '---' line, where kubectl and kumactl cut the file; remove them");
        }

        current.End = scanner.Peek().End;
        scanner.Skip();
    }

    private bool isImplicitDocument;

    private void ReadDirectives()
    {
        var hasVersion = false;
        for (var kind = Next(); kind is TokenKind.VersionDirective or TokenKind.TagDirective; kind = Next())
        {
            ref readonly var token = ref scanner.Peek();
            if (kind == TokenKind.VersionDirective)
            {
                if (hasVersion)
                    throw Fault("a second %YAML directive");
                if (token.Suffix != "1.1")
                    throw Fault("only %YAML 1.1 is read");
                hasVersion = true;
            }
            else if (!AddHandle(token.Text!, token.Suffix!))
            {
                throw Fault($"a second %TAG directive for '{token.Text}'");
            }

            scanner.Skip();
        }

        AddHandle("!", "!");
        AddHandle("!!", "tag:yaml.org,2002:");
    }

    private bool AddHandle(string handle, string prefix)
    {
        foreach (var (known, _) in handles)
        {
            if (known == handle)
                return false;
        }

        handles.Add((handle, prefix));
        return true;
    }

    private void ReadDocumentContent()
    {
        ref readonly var token = ref scanner.Peek();
        if (!isImplicitDocument
            && token.Kind is TokenKind.VersionDirective or TokenKind.TagDirective or TokenKind.DocumentStart or TokenKind.DocumentEnd or TokenKind.StreamEnd)
        {
            Pop();
            ReadEmpty(token.Start);
            return;
        }

        ReadNode(isBlock: true, allowsIndentless: false);
    }

    private void ReadDocumentEnd()
    {
        ref readonly var token = ref scanner.Peek();
        current.Kind = YamlEventKind.DocumentEnd;
        current.Start = token.Start;
        current.End = token.Start;
        if (token.Kind == TokenKind.DocumentEnd)
        {
            current.End = token.End;
            scanner.Skip();
        }

        state = State.End;
    }

    private void ReadEmpty(int at)
    {
        current.Kind = YamlEventKind.Scalar;
        current.Style = ScalarStyle.Plain;
        current.IsImplicit = true;
        current.Start = current.End = at;
        current.Text = "";
    }

    private void ReadNode(bool isBlock, bool allowsIndentless)
    {
        current.Start = scanner.Peek().Start;
        current.End = current.Start;
        if (Next() == TokenKind.Alias)
        {
            ref readonly var alias = ref scanner.Peek();
            current.Kind = YamlEventKind.Alias;
            current.Anchor = scanner.TextOf(alias).ToString();
            current.End = alias.End;
            Pop();
            scanner.Skip();
            return;
        }

        ReadProperties();
        ref readonly var token = ref scanner.Peek();
        current.IsImplicit = current.Tag is null;
        if (allowsIndentless && token.Kind == TokenKind.BlockEntry)
        {
            BeginCollection(YamlEventKind.SequenceStart, token.End, State.IndentlessSequence, isFlow: false);
            return;
        }

        switch (token.Kind)
        {
            case TokenKind.Scalar:
                current.Kind = YamlEventKind.Scalar;
                current.Style = token.Style;
                current.IsImplicit = (current.Tag is null && token.Style == ScalarStyle.Plain) || current.Tag == "!";
                current.End = token.End;
                current.Text = token.Text;
                current.TextSpan = token.TextSpan;
                Pop();
                scanner.Skip();
                return;
            case TokenKind.FlowSequenceStart:
                BeginCollection(YamlEventKind.SequenceStart, token.End, State.FlowSequenceFirst, isFlow: true);
                return;
            case TokenKind.FlowMappingStart:
                BeginCollection(YamlEventKind.MappingStart, token.End, State.FlowMappingFirst, isFlow: true);
                return;
            case TokenKind.BlockSequenceStart when isBlock:
                BeginCollection(YamlEventKind.SequenceStart, token.End, State.BlockSequenceFirst, isFlow: false);
                return;
            case TokenKind.BlockMappingStart when isBlock:
                BeginCollection(YamlEventKind.MappingStart, token.End, State.BlockMappingFirst, isFlow: false);
                return;
            default:
                if (current.Anchor is null && current.Tag is null)
                    throw Unexpected(token.Kind);
                current.Kind = YamlEventKind.Scalar;
                current.Style = ScalarStyle.Plain;
                current.Text = "";
                Pop();
                return;
        }
    }

    private void BeginCollection(YamlEventKind kind, int end, State next, bool isFlow)
    {
        current.Kind = kind;
        current.End = Math.Max(current.End, end);
        current.IsFlow = isFlow;
        state = next;
    }

    // '&name !tag' in either order, each at most once.
    private void ReadProperties()
    {
        var hasTag = false;
        for (var kind = Next(); kind is TokenKind.Anchor or TokenKind.Tag; kind = Next())
        {
            ref readonly var token = ref scanner.Peek();
            if (kind == TokenKind.Anchor ? current.Anchor is not null : hasTag)
                return;
            if (kind == TokenKind.Anchor)
            {
                current.Anchor = scanner.TextOf(token).ToString();
            }
            else
            {
                hasTag = true;
                current.Tag = TagOf(token);
            }

            current.End = token.End;
            scanner.Skip();
        }
    }

    private string? TagOf(in Token token)
    {
        if (token.Text!.Length == 0)
            return token.Suffix!.Length == 0 ? null : token.Suffix;
        foreach (var (handle, prefix) in handles)
        {
            if (handle == token.Text)
                return prefix + token.Suffix;
        }

        throw new YamlFault(new TextSpan(token.Start, token.End), $"the tag handle '{token.Text}' is not defined");
    }

    private void ReadBlockItem()
    {
        if (state == State.BlockSequenceFirst)
        {
            scanner.Skip();
            state = State.BlockSequence;
        }

        var here = state;
        var kind = Next();
        if (kind == TokenKind.BlockEntry)
        {
            var at = scanner.Peek().End;
            scanner.Skip();
            kind = Next();
            var isEmpty = kind is TokenKind.BlockEntry or TokenKind.BlockEnd
                || (here == State.IndentlessSequence && kind is TokenKind.Key or TokenKind.Value);
            if (isEmpty)
            {
                ReadEmpty(at);
                return;
            }

            Push(here);
            ReadNode(isBlock: true, allowsIndentless: false);
            return;
        }

        if (here == State.BlockSequence && kind != TokenKind.BlockEnd)
            throw Fault("a '-' is expected here, level with the other items of the list");
        EndCollection(YamlEventKind.SequenceEnd, takesToken: here == State.BlockSequence);
    }

    private void EndCollection(YamlEventKind kind, bool takesToken)
    {
        ref readonly var token = ref scanner.Peek();
        current.Kind = kind;
        current.Start = token.Start;
        current.End = takesToken ? token.End : token.Start;
        if (takesToken)
            scanner.Skip();
        Pop();
    }

    private void ReadBlockKey()
    {
        if (state == State.BlockMappingFirst)
            scanner.Skip();
        var kind = Next();
        if (kind == TokenKind.BlockEnd)
        {
            EndCollection(YamlEventKind.MappingEnd, takesToken: true);
            return;
        }

        if (kind != TokenKind.Key)
            throw Fault("a key is expected here, level with the other keys of the mapping");
        var at = scanner.Peek().End;
        scanner.Skip();
        ReadBlockPart(at, State.BlockMappingValue);
    }

    private void ReadBlockValue()
    {
        ref readonly var token = ref scanner.Peek();
        if (token.Kind != TokenKind.Value)
        {
            state = State.BlockMappingKey;
            ReadEmpty(token.Start);
            return;
        }

        var at = token.End;
        scanner.Skip();
        ReadBlockPart(at, State.BlockMappingKey);
    }

    private void ReadBlockPart(int at, State next)
    {
        if (Next() is TokenKind.Key or TokenKind.Value or TokenKind.BlockEnd)
        {
            state = next;
            ReadEmpty(at);
            return;
        }

        Push(next);
        ReadNode(isBlock: true, allowsIndentless: true);
    }

    private void ReadFlowItem()
    {
        var isFirst = state == State.FlowSequenceFirst;
        if (isFirst)
            scanner.Skip();
        var kind = Next();
        if (kind != TokenKind.FlowSequenceEnd && !isFirst)
        {
            if (kind != TokenKind.FlowEntry)
                throw Fault("a ',' or ']' is expected here");
            scanner.Skip();
            kind = Next();
        }

        switch (kind)
        {
            case TokenKind.FlowSequenceEnd:
                EndCollection(YamlEventKind.SequenceEnd, takesToken: true);
                break;
            case TokenKind.Key:
                current.Kind = YamlEventKind.MappingStart;
                current.Start = scanner.Peek().Start;
                current.End = scanner.Peek().End;
                current.IsImplicit = true;
                state = State.FlowPairKey;
                scanner.Skip();
                break;
            default:
                Push(State.FlowSequence);
                ReadNode(isBlock: false, allowsIndentless: false);
                break;
        }
    }

    // '[a: b]' holds a mapping of one key.
    private void ReadFlowPair()
    {
        ref readonly var token = ref scanner.Peek();
        switch (state)
        {
            case State.FlowPairKey when token.Kind is TokenKind.Value or TokenKind.FlowEntry or TokenKind.FlowSequenceEnd:
                // go-yaml takes this token away, so that '[? , a]' and '[? : a]' are read by what follows it.
                state = State.FlowPairValue;
                ReadEmpty(token.End);
                scanner.Skip();
                break;
            case State.FlowPairKey:
                Push(State.FlowPairValue);
                ReadNode(isBlock: false, allowsIndentless: false);
                break;
            case State.FlowPairValue:
                var at = token.Start;
                if (token.Kind == TokenKind.Value)
                {
                    scanner.Skip();
                    if (Next() is not (TokenKind.FlowEntry or TokenKind.FlowSequenceEnd))
                    {
                        Push(State.FlowPairEnd);
                        ReadNode(isBlock: false, allowsIndentless: false);
                        break;
                    }
                }

                state = State.FlowPairEnd;
                ReadEmpty(at);
                break;
            default:
                current.Kind = YamlEventKind.MappingEnd;
                current.Start = current.End = token.Start;
                state = State.FlowSequence;
                break;
        }
    }

    private void ReadFlowKey()
    {
        var isFirst = state == State.FlowMappingFirst;
        if (isFirst)
            scanner.Skip();
        var kind = Next();
        if (kind != TokenKind.FlowMappingEnd && !isFirst)
        {
            if (kind != TokenKind.FlowEntry)
                throw Fault("a ',' or '}' is expected here");
            scanner.Skip();
            kind = Next();
        }

        switch (kind)
        {
            case TokenKind.FlowMappingEnd:
                EndCollection(YamlEventKind.MappingEnd, takesToken: true);
                break;
            case TokenKind.Key:
                scanner.Skip();
                ReadFlowPart(State.FlowMappingValue);
                break;
            default:
                Push(State.FlowMappingNoValue);
                ReadNode(isBlock: false, allowsIndentless: false);
                break;
        }
    }

    private void ReadFlowPart(State next)
    {
        ref readonly var token = ref scanner.Peek();
        var isEmpty = token.Kind is TokenKind.FlowEntry or TokenKind.FlowMappingEnd || (next == State.FlowMappingValue
            && token.Kind == TokenKind.Value);
        if (isEmpty)
        {
            state = next;
            ReadEmpty(token.Start);
            return;
        }

        Push(next);
        ReadNode(isBlock: false, allowsIndentless: false);
    }

    private void ReadFlowValue()
    {
        var hasValue = state == State.FlowMappingValue && Next() == TokenKind.Value;
        if (hasValue)
        {
            scanner.Skip();
            ReadFlowPart(State.FlowMapping);
            return;
        }

        var at = scanner.Peek().Start;
        state = State.FlowMapping;
        ReadEmpty(at);
    }

    private YamlFault Fault(string message)
    {
        ref readonly var token = ref scanner.Peek();
        return new YamlFault(new TextSpan(token.Start, Math.Max(token.End, token.Start)), message);
    }

    private YamlFault Unexpected(TokenKind kind) => Fault(kind switch
    {
        TokenKind.StreamEnd => "a value is expected before the end of the text",
        TokenKind.FlowSequenceEnd => "']' closes nothing here",
        TokenKind.FlowMappingEnd => "'}' closes nothing here",
        TokenKind.FlowEntry => "a value is expected before ','",
        TokenKind.BlockEntry => "a list item is not allowed inside brackets",
        _ => "a value is expected here",
    });
}
