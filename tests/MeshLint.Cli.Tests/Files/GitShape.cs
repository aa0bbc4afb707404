namespace MeshLint.Cli.Tests.Files;

/// <summary>A kind of repository that both readers of git are asked about.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Script">Makes it in an empty folder: commands of bash.</param>
/// <param name="Folder">The folder that is opened.</param>
/// <param name="Revisions">What is resolved, listed and read, besides the index.</param>
/// <param name="Library">How far libgit2 gets.</param>
public sealed record GitShape(string Name, string Script, string Folder, string[] Revisions, LibraryPart Library)
{
    private const string Start = "git init -q .; echo 'a: 1' > a.yaml; mkdir -p d/e; echo 'b: 2' > d/b.yaml; echo 'c: 3' > d/e/c.yaml; git add .; git commit -qm one; "
        + "echo 'a: 2' > a.yaml; git commit -qam two; git tag -am note v1; git branch side HEAD~1; ";

    // One content is here, the others would have to be fetched.
    private const string Partial = "(git init -q o; cd o; git config uploadpack.allowFilter true; " + Start + "); git clone -q --no-checkout --filter=blob:none \"file://$PWD/o\" c; "
        + "git -C c reset -q; (cd c; git hash-object -w ../o/d/b.yaml > /dev/null); rm -rf o";

    private static readonly string[] Forms =
    [
        "HEAD", "@", "main", "heads/main", "refs/heads/main", "side", "v1", "v1^{commit}", "v1^{}", "tags/v1", "HEAD~1", "HEAD~", "HEAD^", "HEAD^1~0", "v1~1^{commit}", "HEAD~2",
        "HEAD^2", "HEAD^0", "no-such", "HEAD:a.yaml", "HEAD^{tree}", ":/one", "HEAD^{/one}", "@{0}", "HEAD@{1}", "main@{upstream}", "v1-0-gSHORT", "SHORT", "LONG", "SHORT~1",
        "0123456789012345678901234567890123456789", "deadbeef", "..", "side..main", "^side", "HEAD^@", "HEAD^!", "/etc/passwd", "../HEAD", "refs/heads", "FETCH_HEAD",
    ];

    public static IReadOnlyList<GitShape> All { get; } =
    [
        new("plain", Start, ".", Forms, LibraryPart.Start),
        new("packed references", Start + "git pack-refs --all", ".", ["main", "side", "v1", "HEAD", "refs/tags/v1"], LibraryPart.All),
        new("packed objects", Start + "git gc -q; test -z \"$(find .git/objects -path '.git/objects/??/*')\"", ".", ["main", "HEAD~1", "v1"], LibraryPart.All),
        new("several packs, multi-pack index, commit graph", Start + "git repack -dq; echo x > x.yaml; git add .; git commit -qm x; git repack -dq; git multi-pack-index write; git commit-graph write --reachable", ".", ["main", "HEAD~1", "HEAD~2"], LibraryPart.All),
        new("subfolder", Start, "d/e", ["HEAD"], LibraryPart.All),
        new("folder behind a link", Start + "ln -s d/e link", "link", ["HEAD"], LibraryPart.All),
        new("linked work tree", Start + "git worktree add -q wt side; echo new > wt/new.yaml; git -C wt add .", "wt/d", ["HEAD", "main", "side", "v1"], LibraryPart.All),
        new("detached HEAD", Start + "git checkout -q v1~1", ".", ["HEAD", "@~0"], LibraryPart.All),
        new("symbolic reference", Start + "git symbolic-ref refs/heads/alias refs/heads/side", ".", ["alias"], LibraryPart.All),
        new("tag and branch of one name, name like an id", Start + "git branch v1 HEAD~1; git branch abcd HEAD~1; git tag -a -m t v2 v1", ".", ["v1", "abcd", "v2"], LibraryPart.All),
        new("links, submodules, executables", Start + "ln -s ../a.yaml d/in.yaml; ln -s /etc/hosts out.yaml; chmod +x a.yaml; git add .; git update-index --add --cacheinfo 160000,0123456789012345678901234567890123456789,sub.yaml; git commit -qm odd", ".", ["HEAD"], LibraryPart.All),
        new("odd names", Start + "echo x > $'t\\tab \"q\" \u00e4\\n.yaml'; mkdir a; echo 1 > a/z; echo 2 > a-b; echo 3 > a.b; echo 4 > $'\\xf0\\x9f\\x98\\x80.yaml'; echo 5 > $'\\xef\\xbf\\xad.yaml'; git add .; git commit -qm odd", ".", ["HEAD"], LibraryPart.All),
        new("names that differ by case", Start + "echo 1 > B.yaml; echo 2 > Z; echo 3 > c; git add .; git config core.ignorecase true; git commit -qm case", ".", ["HEAD"], LibraryPart.All),
        new("empty repository", "git init -q .", ".", ["HEAD", "main"], LibraryPart.All),
        new("no index", Start + "rm .git/index", ".", ["HEAD"], LibraryPart.All),
        new("intent to add, removed, untracked", Start + "echo n > n.yaml; git add -N n.yaml; git rm -q --cached d/b.yaml; echo u > u.yaml", ".", ["HEAD"], LibraryPart.All),
        new("conflict", Start + "git checkout -q side; echo 'a: 3' > a.yaml; git rm -q d/b.yaml; git commit -qam three; git checkout -q main; echo 'b: 9' > d/b.yaml; git commit -qam four; git merge -q side && exit 1; true", ".", ["HEAD"], LibraryPart.All),
        new("index of version 4", Start + "git update-index --index-version 4", ".", ["HEAD"], LibraryPart.All),
        new("line ends and filters", Start + "printf '* text eol=crlf filter=evil ident\\n' > .gitattributes; git config core.autocrlf true; git config filter.evil.smudge 'touch sprung'; git add .gitattributes; git commit -qm attributes", ".", ["HEAD"], LibraryPart.All),
        new("missing and foreign objects", Start + "git update-index --add --cacheinfo 100644,0123456789012345678901234567890123456789,m.yaml --add --cacheinfo 100644,$(git rev-parse HEAD),k.yaml --add --cacheinfo 100644,$(git rev-parse 'HEAD^{tree}'),t.yaml", ".", ["HEAD"], LibraryPart.All),
        new("names that are not UTF-8", Start + "echo x > $'n\\xff.yaml'; echo y > $'n\\xfe.yaml'; git add .; git commit -qm odd; rm n*", ".", ["HEAD"], LibraryPart.Start),
        new("a name with U+FFFD", Start + "echo x > $'n\\xef\\xbf\\xbd.yaml'; git add .; git commit -qm odd", ".", ["HEAD"], LibraryPart.Start),
        new("shallow clone", "(git init -q o; cd o; " + Start + "); git clone -q --depth 1 \"file://$PWD/o\" c", "c", ["HEAD", "HEAD~1", "HEAD^0", "v1", "main"], LibraryPart.Start),
        new("split index", Start + "git update-index --split-index; echo x > x.yaml; git add .", ".", ["HEAD"], LibraryPart.Start),
        new("folder in a submodule", "(git init -q o; cd o; " + Start + "); git init -q s; cd s; git -c protocol.file.allow=always submodule --quiet add \"file://$PWD/../o\" m; git commit -qm m", "s/m/d", ["HEAD", "HEAD~1"], LibraryPart.None),
        new("SHA-256", Start.Replace("init", "init --object-format=sha256", StringComparison.Ordinal), ".", ["HEAD", "v1", "HEAD~1", "side"], LibraryPart.None),
        new("partial clone", Partial, "c", ["HEAD", "HEAD~1", "v1"], LibraryPart.All),
        new("partial clone with its extension", Partial + "; git -C c config extensions.partialClone origin", "c", ["HEAD", "HEAD~1"], LibraryPart.All),
        new("partial clone that is left to git", Partial + "; echo > c/.git/objects/info/alternates", "c", ["HEAD", "HEAD~1"], LibraryPart.None),
        new("unknown extension", Start + "git config core.repositoryformatversion 1; git config extensions.newer true", ".", ["HEAD"], LibraryPart.None),
        new("alternates", "(git init -q o; cd o; " + Start + "); git clone -q --shared o c", "c", ["HEAD", "HEAD~1"], LibraryPart.None),
        new("replaced object", Start + "git replace $(git rev-parse HEAD:a.yaml) $(git rev-parse HEAD:d/b.yaml)", ".", ["HEAD"], LibraryPart.None),
        new("replaced object, packed", Start + "git replace HEAD HEAD~1; git pack-refs --all; rmdir .git/refs/replace 2> /dev/null; true", ".", ["HEAD"], LibraryPart.None),
        new("included configuration", Start + "git config include.path more; printf '[core]\\nbare = false\\n' > .git/more", ".", ["HEAD"], LibraryPart.None),
        new("configuration of each work tree, sparse", Start + "git sparse-checkout set --sparse-index d/e", ".", ["HEAD"], LibraryPart.None),
        new("HEAD and index that are links", Start + "mkdir k; mv .git/index k; ln -s ../k/index .git/index", ".", ["HEAD"], LibraryPart.Start),
        new("broken configuration", Start + "echo '[core' >> .git/config", ".", ["HEAD"], LibraryPart.None),
        new("broken index", Start + "printf DIRC > .git/index", ".", ["HEAD"], LibraryPart.Start),
        new("broken object", Start + "f=.git/objects/$(git rev-parse HEAD:a.yaml | sed 's|^..|&/|'); chmod u+w $f; echo broken > $f", ".", ["HEAD"], LibraryPart.Start),
        new("inside of .git", Start, ".git/refs", ["HEAD"], LibraryPart.None),
        new("bare", "git init -q --bare .", ".", ["HEAD"], LibraryPart.None),
        new("bare inside of a work tree", Start + "git clone -q --bare . in", "in", ["HEAD"], LibraryPart.None),
        new("bare by configuration", Start + "git config core.bare true", ".", ["HEAD"], LibraryPart.None),
        new("an empty .git above which there is a repository", Start + "mkdir d/.git", "d", ["HEAD"], LibraryPart.None),
        new("a .git that says nothing", Start + "echo hello > d/.git", "d", ["HEAD"], LibraryPart.None),
        new("no repository", "mkdir d", "d", ["HEAD"], LibraryPart.None),
    ];

    public override string ToString() => Name;
}
