using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace MeshLint.Fuzz;

/// <summary>Keeps the number of the case that runs in a file: a stack that overflows ends the process before it can say anything.</summary>
internal sealed class CaseMarker : IDisposable
{
    private const int Width = 20;

    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte[] digits = new byte[Width];

    public CaseMarker(string folder)
    {
        Directory.CreateDirectory(folder);
        file = MemoryMappedFile.CreateFromFile(Path.Combine(folder, "current-case"), FileMode.Create, null, Width);
        view = file.CreateViewAccessor();
    }

    public void Set(long index)
    {
        Encoding.ASCII.GetBytes(index.ToString("D20", CultureInfo.InvariantCulture), digits);
        view.WriteArray(0, digits, 0, Width);
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
