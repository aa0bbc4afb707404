using System.Collections.Immutable;
using System.Globalization;
using MeshLint.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;
using Xunit.Abstractions;

namespace MeshLint.House.Tests;

/// <summary>
/// Counts what the code of <c>src</c> has too much of. <c>ceilings.tsv</c> records each figure; it only goes down: a test fails where
/// the figure is higher, and also where it is lower, so that the record follows.
/// </summary>
public sealed class HouseTests(ITestOutputHelper output)
{
    private const int Columns = 140;

    private const int MethodLines = 60;

    private static readonly string Folder = Path.Combine(SharedData.ProjectRoot, "src");

    private static readonly HashSet<string> ReferenceFields =
        new(["targetRef", "backendRef", "backendRefs", "to", "from", "rules", "sectionName", "proxyTypes"], StringComparer.Ordinal);

    private static readonly ImmutableArray<string> ReaderFolders =
    [
        .. new[] { "Specs", Path.Combine("Admission", "Validators"), "Schemas" }
            .Select(static f => Path.Combine("MeshLint.Kuma", f) + Path.DirectorySeparatorChar),
    ];

    private static readonly IReadOnlyList<(string Name, SyntaxNode Root, string[] Lines)> Files = [.. Directory
        .EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Where(static f => !f.EndsWith(".g.cs", StringComparison.Ordinal) && !Path.GetRelativePath(Folder, f).Split(Path.DirectorySeparatorChar).Contains("obj"))
        .Order(StringComparer.Ordinal)
        .Select(static f => (Path.GetRelativePath(Folder, f), CSharpSyntaxTree.ParseText(File.ReadAllText(f)).GetRoot(), File.ReadAllLines(f)))];

    [Fact]
    public void Lines_are_short() =>
        Hold($"lines over {Columns} columns", Files.SelectMany(static f => f.Lines.Select((l, i) => (At: $"{f.Name}:{i + 1}", l.Length))).Where(static l => l.Length > Columns).Select(static l => l.At));

    [Fact]
    public void Methods_are_short() =>
        Hold($"methods over {MethodLines} lines", Files.SelectMany(static f => f.Root.DescendantNodes().Where(static n => LinesOf(n) > MethodLines).Select(n => $"{f.Name}:{LineOf(n)}")));

    [Fact]
    public void Values_are_complete_when_made() =>
        Hold("internal set", Files.SelectMany(static f => f.Root.DescendantNodes().OfType<AccessorDeclarationSyntax>()
            .Where(static a => a.IsKind(SyntaxKind.SetAccessorDeclaration) && a.Modifiers.Any(SyntaxKind.InternalKeyword)).Select(a => $"{f.Name}:{LineOf(a)}")));

    /// <summary>
    /// Who wants to know what a policy names asks <c>MeshLint.Kuma.Specs</c>; only validators and schemas, which judge the text, look themselves.
    /// </summary>
    [Fact]
    public void References_are_read_in_one_place() =>
        Hold("fields of references read by name", Files.Where(static f => !ReaderFolders.Any(r => f.Name.StartsWith(r, StringComparison.Ordinal)))
            .SelectMany(static f => f.Root.DescendantNodes().OfType<BracketedArgumentListSyntax>()
                .Where(static b => b.Arguments is [{ Expression: LiteralExpressionSyntax { Token.ValueText: var field } }] && ReferenceFields.Contains(field))
                .Select(b => $"{f.Name}:{LineOf(b)}")));

    private void Hold(string what, IEnumerable<string> places)
    {
        var found = places.ToList();
        var recorded = File.ReadLines(Path.Combine(SharedData.ProjectRoot, "tests", "MeshLint.House.Tests", "ceilings.tsv"))
            .Select(static l => l.Split('\t')).Single(r => r[0] == what);
        var ceiling = int.Parse(recorded[1], CultureInfo.InvariantCulture);
        output.WriteLine($"{what}: {found.Count}, recorded {ceiling}");
        var byFile = found.GroupBy(static p => p[..p.LastIndexOf(':')], StringComparer.Ordinal).OrderByDescending(static g => g.Count());
        foreach (var file in byFile)
            output.WriteLine($"  {file.Count(),4} {file.Key}: {string.Join(' ', file.Take(20).Select(static p => p[(p.LastIndexOf(':') + 1)..]))}");
        Assert.True(found.Count <= ceiling, $"{what}: {found.Count} in src, {ceiling} before; 'git diff' shows what was added, the test's output lists all");
        Assert.True(found.Count == ceiling, $"{what}: {found.Count} in src, fewer than the recorded {ceiling}; write {found.Count} into ceilings.tsv");
    }

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    // From the first line of the body to its last; a method without a body has no lines.
    private static int LinesOf(SyntaxNode node)
    {
        SyntaxNode? body = node switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            LocalFunctionStatementSyntax function => (SyntaxNode?)function.Body ?? function.ExpressionBody,
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            _ => null,
        };
        if (body is null)
            return 0;
        var lines = body.GetLocation().GetLineSpan();
        var braces = body is BlockSyntax ? 2 : 0;
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1 - braces;
    }
}
