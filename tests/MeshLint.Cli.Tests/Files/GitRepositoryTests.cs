using System.Text;
using MeshLint.Cli.Files;
using MeshLint.Sources;
using MeshLint.Sources.Git;
using Xunit;

namespace MeshLint.Cli.Tests.Files;

/// <summary>libgit2 and git plumbing give the same for every kind of repository; git is the judge.</summary>
public sealed class GitRepositoryTests
{
    private const string NoGit = "git is needed for this and is in no absolute folder of PATH outside of what is read";

    public static TheoryData<string> Shapes() => [.. GitShape.All.Select(static s => s.Name)];

    private static GitHost Host(bool library, string? searchPath = null, string? index = null) => new()
    {
        Environment = name => name switch { "PATH" => searchPath ?? Environment.GetEnvironmentVariable("PATH"), "GIT_INDEX_FILE" => index, _ => null },
        Files = GitFiles.Instance,
        Silence = TimeSpan.FromSeconds(30),
        UsesLibrary = library,
    };

    private static CliTester Make(string script)
    {
        var cli = new CliTester();
        const string identity = "export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.com GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.com; "
            + "export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main GIT_CONFIG_NOSYSTEM=1; ";
        var result = CliProcess.Shell(cli.Folder, identity + script);
        Assert.True(result.ExitCode == 0, result.Error);
        return cli;
    }

    private static string Describe(GitHost host, string folder, IEnumerable<string> revisions)
    {
        var text = new StringBuilder();
        IGitRepository repository;
        try
        {
            repository = GitRepositories.Open(host, folder);
        }
        catch (GitException exception)
        {
            return exception.Message;
        }

        text.Append(repository.TopLevel).Append(' ').AppendLine(repository.Prefix);
        Try("index", () => Entries(repository, repository.ListIndex()));
        foreach (var revision in revisions)
        {
            Try(revision, () =>
            {
                var commit = repository.ResolveCommit(revision);
                return $"{commit}\n{Entries(repository, repository.ListCommit(commit))}";
            });
        }

        return text.ToString();

        void Try(string name, Func<string> question)
        {
            text.AppendLine($"== {name}");
            try
            {
                text.AppendLine(question());
            }
            catch (GitException exception)
            {
                text.AppendLine(exception.Message);
            }
        }
    }

    private static string Entries(IGitRepository repository, ImmutableArray<GitEntry> entries)
    {
        var contents = repository.Read(entries, 1024, 4096);
        return string.Join('\n', entries.Select((e, i) => $"{e} {contents[i]}"));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_give_the_same(string name)
    {
        if (!CliProcess.IsAvailable)
            return;
        var shape = GitShape.All.Single(s => s.Name == name);
        using var cli = Make(shape.Script);
        var folder = cli.PathOf(shape.Folder);
        var revisions = shape.Revisions;
        if (revisions.Any(static r => r.Contains("SHORT", StringComparison.Ordinal)))
        {
            var commit = cli.Git("rev-parse", "HEAD").Trim();
            revisions = [.. revisions.Select(r => r.Replace("SHORT", commit[..8], StringComparison.Ordinal).Replace("LONG", commit, StringComparison.Ordinal))];
        }

        var plumbing = Describe(Host(library: false), folder, revisions);
        Assert.Equal(plumbing, Describe(Host(library: true), folder, revisions));
        Assert.Equal(shape.Library != LibraryPart.None, GitRepositories.CanUseLibrary(Host(library: true), folder, out var reason));
        Assert.Equal(shape.Library == LibraryPart.None, reason.Length > 0);
        var alone = Describe(Host(library: true, searchPath: "/nowhere"), folder, revisions);
        switch (shape.Library)
        {
            case LibraryPart.All:
                Assert.Equal(plumbing, alone);
                break;
            case LibraryPart.None:
                Assert.Equal($"{NoGit}: {reason}", alone);
                break;
            default:
                Assert.NotEqual(plumbing, alone);
                break;
        }

        Assert.False(File.Exists(cli.PathOf("sprung")), "a filter was run");
    }

    [Fact]
    public void Reference_tables_are_left_to_git()
    {
        if (!CliProcess.IsAvailable)
            return;
        // A git from 2.45 on makes a real one; what an older one calls by this name is enough to see that libgit2 does not touch it.
        using var cli = Make("git init -q --ref-format=reftable . 2> /dev/null || { git init -q .; git config core.repositoryformatversion 1; git config extensions.refStorage reftable; mkdir .git/reftable; }");
        Assert.False(GitRepositories.CanUseLibrary(Host(library: true), cli.Folder, out var reason));
        Assert.Equal("the repository has 'reftable'", reason);
        Assert.Equal(Describe(Host(library: false), cli.Folder, ["HEAD"]), Describe(Host(library: true), cli.Folder, ["HEAD"]));
    }

    [Fact]
    public void What_is_said_of_entries()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Make(GitShape.All.Single(static s => s.Name == "links, submodules, executables").Script);
        foreach (var library in (bool[])[false, true])
        {
            var repository = GitRepositories.Open(Host(library), cli.Folder);
            var entries = repository.ListCommit(repository.ResolveCommit("HEAD"));
            Assert.Equal(["a.yaml", "d/b.yaml", "d/e/c.yaml", "d/in.yaml", "out.yaml"], entries.Select(static e => e.Path));
            Assert.Equal([false, false, false, true, true], entries.Select(static e => e.IsLink));
            Assert.Equal(["a: 2\n", "b: 2\n", "c: 3\n", "../a.yaml", "/etc/hosts"], repository.Read(entries, 100, 1000).Select(static c => c.Text));
            Assert.Equal(entries.AsEnumerable(), repository.ListIndex());
        }
    }

    [Fact]
    public void Both_have_the_same_limits()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Make("git init -q .; for i in 1 2 3 4; do head -c 500 /dev/zero | tr '\\0' $i > $i.yaml; done; cp 1.yaml copy.yaml; head -c 600 /dev/zero > big.yaml; git add .; git commit -qm x");
        foreach (var script in (string[])["true", "git gc -q"])
        {
            Assert.Equal(0, CliProcess.Shell(cli.Folder, script).ExitCode);
            foreach (var library in (bool[])[false, true])
            {
                var repository = GitRepositories.Open(Host(library, library ? "/nowhere" : null), cli.Folder);
                var entries = repository.ListIndex();
                Assert.Equal(["1.yaml", "2.yaml", "3.yaml", "4.yaml", "big.yaml", "copy.yaml"], entries.Select(static e => e.Path));
                Assert.Equal(
                    ["", "", "all files together have more than 1499 bytes", "all files together have more than 1499 bytes", "it has 600 bytes, the limit is 599", ""],
                    repository.Read(entries, 599, 1499).Select(static c => c.Detail));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_index_of_a_hook_counts(bool library)
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Make(GitShape.All[0].Script + "GIT_INDEX_FILE=other git read-tree side; GIT_INDEX_FILE=other git update-index --force-remove d/b.yaml");
        var repository = GitRepositories.Open(Host(library, library ? "/nowhere" : null, cli.PathOf("other")), cli.PathOf("d"));
        Assert.Equal(["a.yaml", "d/e/c.yaml"], repository.ListIndex().Select(static e => e.Path));
        Assert.Equal("a: 1\n", repository.Read(repository.ListIndex(), 100, 100)[0].Text);
        Assert.Equal(3, GitRepositories.Open(Host(library), cli.Folder).ListIndex().Length);
    }

    [Fact]
    public void Repositories_of_others_are_refused_as_git_refuses_them()
    {
        if (!CliProcess.IsAvailable || !Environment.IsPrivilegedProcess)
            return;
        using var cli = Make(GitShape.All[0].Script + "chown -R 12345 .");
        Assert.False(GitRepositories.CanUseLibrary(Host(library: true), cli.Folder, out var reason));
        Assert.Contains("owned by current user", reason, StringComparison.Ordinal);
        foreach (var library in (bool[])[false, true])
            Assert.StartsWith("git: detected dubious ownership", Describe(Host(library), cli.Folder, []), StringComparison.Ordinal);
    }

    [Fact]
    public void What_gives_no_answer_is_left()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Make(GitShape.All[0].Script + "f=.git/objects/$(git rev-parse HEAD:a.yaml | sed 's|^..|&/|'); rm -f $f; mkfifo $f; echo $f > pipe");
        try
        {
            var repository = GitRepositories.Open(Host(library: true) with { Silence = TimeSpan.FromSeconds(1.5) }, cli.Folder);
            var exception = Assert.Throws<GitException>(() => repository.Read(repository.ListIndex(), 100, 100));
            Assert.Equal("the repository gave no answer for 1.5 seconds", exception.Message);
        }
        finally
        {
            // Whoever waits for a writer goes on.
            CliProcess.Shell(cli.Folder, "timeout 2 bash -c 'echo > $(cat pipe)'");
        }
    }

    [Fact]
    public void Rules_of_gitignore_agree_with_libgit2()
    {
        using var cli = new CliTester();
        cli.Git("init", "-q");
        string[] rules =
        [
            "*.json", "!important.json", "/top/", "build/", "**/gen/**", "!**/gen/keep/", "deep/**/x.yaml", "[0-9]*.yml", "a?.yaml", "\\#lit", "\\!lit", "trail\\ ", "x[!a].yaml",
            "q[a-c]d", "a/**", "**/foo", "foo/*", "*.y*ml", "doc/*.txt", "/x*", "**", "*/", "[]-]z", "a\\*b", "sp ace", "# comment", "in/ner",
        ];
        string[] paths =
        [
            "x.json", "important.json", "a/x.json", "top/x.yaml", "a/top/x.yaml", "build", "gen/x.yaml", "b/gen/keep", "deep/x.yaml", "deep/a/b/x.yaml", "1.yml", "ab.yaml", "abc.yaml",
            "#lit", "!lit", "trail ", "xb.yaml", "xa.yaml", "qbd", "qdd", "foo", "b/foo", "foo/b", "foo/b/c", "doc/a.txt", "doc/a/b.txt", "x1", "d/x1", "-z", "]z", "a*b", "sp ace", "in/ner", "c/in/ner",
        ];
        using var repository = new LibGit2Sharp.Repository(cli.Folder);
        foreach (var rule in rules)
        {
            cli.Write(".gitignore", $"{rule}\n");
            foreach (var path in paths)
            {
                // The rule for the path itself; a folder above it that is ignored is never entered.
                var ours = Folders(path).Any(f => GitIgnore.Parse(rule).IsIgnored(f, isFolder: true) == true) || GitIgnore.Parse(rule).IsIgnored(path, isFolder: false) == true;
                Assert.True(ours == repository.Ignore.IsPathIgnored(path), $"'{rule}' and '{path}': {ours}");
            }
        }
    }

    [Fact]
    public void A_plain_check_loads_no_libgit2()
    {
        if (!CliProcess.IsAvailable)
            return;
        using var cli = Make(GitShape.All[0].Script);
        // The loader of the C library lists what it loads.
        string Loaded(string arguments) => CliProcess.Shell(cli.Folder, $"export LD_DEBUG=files; meshlint check {arguments} 2>&1 > /dev/null | grep -c 'libgit2-' | sed 's/^[1-9].*/some/'").Out;
        Assert.Equal(("0\n", "some\n", "some\n"), (Loaded(""), Loaded("--staged"), Loaded("--rev HEAD")));
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }
}
