using System.Globalization;
using BenchmarkDotNet.Running;
using MeshLint.Benchmarks;
using MeshLint.Kuma.Identity;
using MeshLint.Kuma.Resources;
using MeshLint.Testing;

// generate FOLDER COUNT [universal|kubernetes] [DEFECTS]   writes a synthetic repository, for timing the program as a whole
// cost [PART-OF-A-NAME]                                    how the cost of hostile inputs grows from n to 4n, as a table
// table PROGRAM [PART-OF-A-ROW]                            what whole runs of a program cost beside PyYAML's C parser, as a table
// anything else                                            goes to BenchmarkDotNet (--filter '*', --list flat, …)
if (args is ["generate", var folder, var count, ..])
{
    var form = args.Length > 3 && args[3] == "kubernetes" ? ResourceForm.Kubernetes : ResourceForm.Universal;
    var defects = args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 0;
    var repository = SyntheticRepository.Create(int.Parse(count, CultureInfo.InvariantCulture), form, defects);
    repository.WriteTo(folder);
    Console.WriteLine($"{repository.Files.Count} files, {repository.Files.Sum(f => (long)f.Text.Length)} characters, {repository.Defects.Count} defects");
    foreach (var defect in repository.Defects)
        Console.WriteLine($"{defect.Path}:{defect.Line} {defect.Slug}");
    return 0;
}

if (args is ["table", var program, ..])
    return TableCommand.Run(program, args.Length > 2 ? args[2] : "");
if (args is ["cost", ..])
    return CostCommand.Run(args.Length > 1 ? args[1] : "");
if (args is ["cost-one", var name, var size])
    return CostCommand.RunOne(name, int.Parse(size, CultureInfo.InvariantCulture));

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
