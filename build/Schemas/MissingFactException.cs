namespace MeshLint.Build.Schemas;

/// <summary>A schema shows something that the facts about Go structs, protobuf messages or kinds do not have yet, or the other way round.</summary>
internal sealed class MissingFactException : Exception
{
    public MissingFactException()
    {
    }

    public MissingFactException(string message)
        : base(message)
    {
    }

    public MissingFactException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
