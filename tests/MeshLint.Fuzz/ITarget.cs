namespace MeshLint.Fuzz;

/// <summary>A part of MeshLint that is fed with random input.</summary>
internal interface ITarget
{
    string Name { get; }

    /// <summary>How many of a hundred cases go to this target.</summary>
    int Weight { get; }

    FuzzInput Generate(Dice dice);

    /// <summary>Runs the target and checks what holds for every input; throws where something does not.</summary>
    void Run(FuzzInput input);
}
