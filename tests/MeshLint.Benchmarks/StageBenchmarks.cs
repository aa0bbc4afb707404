using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using MeshLint.Analysis;
using MeshLint.Kuma;
using MeshLint.Analysis.Configuration;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Sources;
using MeshLint.Testing;

namespace MeshLint.Benchmarks;

/// <summary>Each stage alone, the ones before it done: what <c>--timings</c> shows of one run, with allocations and without noise.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 2, iterationCount: 8, invocationCount: 1)]
public class StageBenchmarks
{
    private SourceSet sources = SourceSet.Empty;
    private MeshLintOptions options = new();
    private Compilation compilation = Compilation.Create(SourceSet.Empty, new MeshLintOptions());

    [Params(10_000)]
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

    [IterationSetup(Target = nameof(ReadResources))]
    public void Read() => compilation = Compilation.Create(sources, options);

    [IterationSetup(Target = nameof(Judge))]
    public void UpToResources()
    {
        Read();
        _ = compilation.Resources;
    }

    [IterationSetup(Target = nameof(Derive))]
    public void UpToVerdicts()
    {
        Read();
        _ = compilation.Verdicts;
    }

    [IterationSetup(Target = nameof(BuildGraph))]
    public void UpToDerivation()
    {
        Read();
        _ = compilation.Derivation;
    }

    [IterationSetup(Target = nameof(RunRules))]
    public void UpToGraph()
    {
        Read();
        _ = compilation.Graph;
    }

    [Benchmark(Baseline = true)]
    public int ParseDocuments() => Compilation.Create(sources, options).Documents.DocumentCount;

    [Benchmark]
    public int ReadResources() => compilation.Resources.Length;

    [Benchmark]
    public int Judge() => compilation.Verdicts.Length;

    [Benchmark]
    public int Derive() => compilation.Derivation.ControlPlanes.Length;

    [Benchmark]
    public int BuildGraph() => compilation.Bindings.References.Length;

    [Benchmark]
    public int RunRules() => compilation.Diagnostics.Length;
}
