using MeshLint.Build.Schemas;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Kuma.Schemas;
using MeshLint.Kuma.Versions;
using MeshLint.Testing;
using Xunit;

namespace MeshLint.Conformance.Tests;

/// <summary>The embedded catalogue is what the generator makes of <c>../shared/kuma</c>.</summary>
public sealed class SchemaCatalogueTests
{
    [SharedFact]
    public void Regenerating_gives_the_same_bytes()
    {
        // A line that was added from a checkout stands behind those that ../shared/kuma has.
        if (KumaVersions.All.All(v => Directory.Exists(SharedData.PathOf($"kuma/{v.Text()}"))))
            Assert.Equal(File.ReadAllBytes(SchemaTask.Target), SchemaTask.Generate(out _));
        Assert.True(SchemaTask.IsUpToDate());
    }

    [Fact]
    public void Loading_the_catalogue_and_writing_it_gives_the_same_bytes() =>
        Assert.Equal(File.ReadAllBytes(SchemaTask.Target), CatalogueWriter.Load(File.ReadAllBytes(SchemaTask.Target)).Build());

    [Fact]
    public void Every_kind_of_every_version_has_a_schema()
    {
        foreach (var version in KumaVersions.All)
        {
            foreach (var kind in KindCatalog.All.Where(k => k.ExistsIn(version)))
            {
                var found = kind.Family == KindFamily.Proto
                    ? SchemaCatalog.Instance.FindBody(version, kind.Name) is not null
                    : SchemaCatalog.Instance.FindKind(version, kind.Name) is not null;
                Assert.True(found, $"{kind.Name} {version.Text()}");
            }
        }
    }

    [Fact]
    public void Kinds_of_other_versions_have_none()
    {
        foreach (var version in KumaVersions.All)
        {
            foreach (var kind in KindCatalog.All.Where(k => !k.ExistsIn(version) && k.Family == KindFamily.Plugin))
                Assert.Null(SchemaCatalog.Instance.FindKind(version, kind.Name));
        }
    }
}
