using BenchmarkDotNet.Attributes;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Sources;
using MeshLint.Testing;

namespace MeshLint.Benchmarks;

/// <summary>The whole line of stages over a synthetic repository in memory. <c>--timings</c> of the program itself splits it by stage.</summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private SourceSet sources = SourceSet.Empty;
    private MeshLintOptions options = new();

    [Params(1_000, 10_000)]
    public int Documents { get; set; }

    [Params(ResourceForm.Universal, ResourceForm.Kubernetes)]
    public ResourceForm Form { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var repository = SyntheticRepository.Create(Documents, Form);
        sources = SourceSet.Create(repository.Files.Where(f => f.Path != ConfigurationReader.FileName).Select(f => new SourceFile(f.Path, f.Text)));
        options = new MeshLintOptions
        {
            ControlPlanes = [new ControlPlane { Environment = Form == ResourceForm.Kubernetes ? ControlPlaneEnvironment.Kubernetes : ControlPlaneEnvironment.Universal }],
        };
    }

    [Benchmark(Baseline = true)]
    public int Parse() => Compilation.Create(sources, options).Documents.DocumentCount;

    [Benchmark]
    public int Admission() => Compilation.Create(sources, options).Verdicts.Length;

    [Benchmark]
    public int Check() => Compilation.Create(sources, options).Diagnostics.Length;
}
