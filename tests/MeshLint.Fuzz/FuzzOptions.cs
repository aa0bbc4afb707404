using System.Globalization;

namespace MeshLint.Fuzz;

/// <summary>What the command line says.</summary>
internal sealed record FuzzOptions
{
    public const string Usage =
        """
        usage: MeshLint.Fuzz [--seed N] [--seconds N] [--count N] [--first N] [--only TARGET] [--out DIR] [--keep-going]
               MeshLint.Fuzz --reproduce FILE
          --seed N          the same cases in the same order; without it a fresh seed, which is printed
          --seconds N       stop after so many seconds (default 60)
          --count N         stop after so many cases
          --first N         begin with this case of the seed
          --only TARGET     one target: compilation, document, configuration, kustomization, template, gotext, command, ignore
          --out DIR         where inputs of failures are written (default: fuzz-failures)
          --keep-going      look for more kinds of failures after the first one
          --reproduce FILE  run one input that an earlier run wrote
        """;

    public ulong Seed { get; private init; } = (ulong)DateTime.UtcNow.Ticks;

    public int Seconds { get; private init; } = 60;

    public long Count { get; private init; } = long.MaxValue;

    public long First { get; private init; }

    public string? Only { get; private init; }

    public string Out { get; private init; } = "fuzz-failures";

    public string? Reproduce { get; private init; }

    public bool KeepGoing { get; private init; }

    /// <summary>Reads the command line; null where it is wrong.</summary>
    public static FuzzOptions? Parse(string[] arguments)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--keep-going")
            {
                options = options with { KeepGoing = true };
                continue;
            }

            if (i + 1 >= arguments.Length || Read(options, arguments[i], arguments[i + 1]) is not { } read)
                return null;
            options = read;
            i++;
        }

        return options;
    }

    private static FuzzOptions? Read(FuzzOptions options, string name, string value)
    {
        var isNumber = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return name switch
        {
            "--seed" when isNumber => options with { Seed = number },
            "--seconds" when isNumber && number < int.MaxValue => options with { Seconds = (int)number },
            "--count" when isNumber && number < long.MaxValue => options with { Count = (long)number, Seconds = int.MaxValue },
            "--first" when isNumber && number < long.MaxValue => options with { First = (long)number },
            "--only" => options with { Only = value },
            "--out" => options with { Out = value },
            "--reproduce" => options with { Reproduce = value },
            _ => null,
        };
    }
}
