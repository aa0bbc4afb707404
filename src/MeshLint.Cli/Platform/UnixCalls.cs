using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MeshLint.Cli.Platform;

/// <summary>
/// The few calls of the C library that .NET does not offer: the type of a file, opening without waiting, exchanging two names.
/// </summary>
/// <remarks>
/// Only calls and structures whose layout the kernels promise: <c>statx</c> is the same on every Linux architecture, <c>stat</c> on both
/// macOS architectures. Each returns 0 or the error number.
/// </remarks>
internal static partial class UnixCalls
{
    private const int CurrentFolder = -100;
    private const int StatusBytes = 256;

    /// <summary>Mode and size of a path, links not followed.</summary>
    public static int LinkStatus(string path, out uint mode, out long size)
    {
        Span<byte> buffer = stackalloc byte[StatusBytes];
        const int noFollow = 0x100;
        var result = OperatingSystem.IsLinux() ? StatX(CurrentFolder, path, noFollow, 0x7FF, ref buffer[0])
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LStatMacX64(path, ref buffer[0])
            : LStatMac(path, ref buffer[0]);
        return Finish(result, buffer, out mode, out size);
    }

    /// <summary>Mode and size of an open file.</summary>
    public static int HandleStatus(SafeFileHandle handle, out uint mode, out long size)
    {
        Span<byte> buffer = stackalloc byte[StatusBytes];
        const int emptyPath = 0x1000;
        var file = (int)handle.DangerousGetHandle();
        var result = OperatingSystem.IsLinux() ? StatX(file, "", emptyPath, 0x7FF, ref buffer[0])
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? FStatMacX64(file, ref buffer[0])
            : FStatMac(file, ref buffer[0]);
        return Finish(result, buffer, out mode, out size);
    }

    /// <summary>Opens for reading; a pipe without a writer does not wait, a link is refused, a terminal is not taken over.</summary>
    /// <returns>The file, or null and the error number.</returns>
    public static SafeFileHandle? OpenWithoutWaiting(string path, out int error)
    {
        int flags;
        if (OperatingSystem.IsMacOS())
        {
            // O_NONBLOCK, O_NOFOLLOW, O_NOCTTY, O_CLOEXEC
            flags = 0x4 | 0x100 | 0x20000 | 0x1000000;
        }
        else
        {
            // O_NONBLOCK, O_NOCTTY, O_CLOEXEC, O_NOFOLLOW: the last one differs between architectures.
            var noFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Ppc64le
                ? 0x8000
                : 0x20000;
            flags = 0x800 | 0x100 | 0x80000 | noFollow;
        }

        var file = Open(path, flags);
        error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
        return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
    }

    /// <summary>Exchanges two names in one step; false where the system cannot.</summary>
    public static bool TryExchange(string first, string second)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            const uint exchange = 2;
            return RenameAt2(CurrentFolder, first, CurrentFolder, second, exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Whether a standard stream was inherited from whoever started the process.</summary>
    /// <remarks>
    /// What is inherited cannot be marked "close on exec". A number that carries the mark was free at the start and is taken by
    /// something of the runtime, which must not be written to.
    /// </remarks>
    public static bool IsInherited(int descriptor)
    {
        const int getFlags = 1;
        const int closeOnExec = 1;
        var flags = FileControl(descriptor, getFlags);
        return flags >= 0 && (flags & closeOnExec) == 0;
    }

    /// <summary>Puts an open <c>/dev/null</c> where a standard stream is closed, so that no file of ours ever gets its number.</summary>
    public static void Occupy(int descriptor)
    {
        const int getFlags = 1;
        const int readAndWrite = 2;
        if (FileControl(descriptor, getFlags) < 0)
            _ = Open("/dev/null", readAndWrite);
    }

    private static int Finish(int result, ReadOnlySpan<byte> buffer, out uint mode, out long size)
    {
        var error = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        // struct statx: stx_mode at 28, stx_size at 40; macOS struct stat: st_mode at 4, st_size at 96.
        var isLinux = OperatingSystem.IsLinux();
        mode = ReadHost16(buffer[(isLinux ? 28 : 4)..]);
        size = ReadHost64(buffer[(isLinux ? 40 : 96)..]);
        return error;
    }

    private static ushort ReadHost16(ReadOnlySpan<byte> bytes) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static long ReadHost64(ReadOnlySpan<byte> bytes) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "lstat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStatMac(string path, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStatMacX64(string path, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FStatMac(int file, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FStatMacX64(int file, ref byte buffer);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt2(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
