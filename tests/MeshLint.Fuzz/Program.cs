using MeshLint.Fuzz;

// Random input for every part of MeshLint that reads what others wrote; docs/fuzzing.md says how to use it.
if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(FuzzOptions.Usage);
    return 2;
}

var fuzzer = new Fuzzer(options);
return options.Reproduce is { } path ? fuzzer.Reproduce(path) : fuzzer.Run();
