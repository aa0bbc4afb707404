using System.Globalization;

namespace MeshLint.Kuma.Model;

/// <summary>A port number or a port name, as <c>targetPort</c> holds one. The default value stands for an absent field.</summary>
public readonly record struct TargetPort
{
    public TargetPort(int number) => Number = number;

    public TargetPort(string name) => Name = name;

    public int? Number { get; }

    public string? Name { get; }

    public bool IsAbsent => Number is null && Name is null;

    public override string ToString() => Name ?? Number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
