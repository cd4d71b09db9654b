using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ImaNanoBanana.Files;

/// <summary>
/// Reads the kind, owner and number of names of a file on Linux. No managed API provides them. Without this call, a named pipe can
/// only be detected by opening it, which waits for its other end.
/// </summary>
internal static class LinuxFileFacts
{
    private const int FromCurrentFolder = -100;
    private const int OfHandle = 0x1000;
    private const uint BasicFacts = 0x7FF;

    // The structure has the same layout on every processor.
    private const int StructureLength = 256;
    private const int NamesAt = 16;
    private const int OwnerAt = 20;
    private const int ModeAt = 28;
    private const int FileNumberAt = 32;
    private const int LengthAt = 40;
    private const int ChangedAt = 96;
    private const int WrittenAt = 112;
    private const int FileSystemAt = 136;
    private const int TimeLength = 12;

    private const int KindMask = 0xF000;

    /// <returns>The facts, or null if the file does not exist or the C library does not support the call.</returns>
    public static FileFacts? Read(string path) => Ask(FromCurrentFolder, path, 0);

    /// <inheritdoc cref="Read(string)"/>
    public static FileFacts? Read(SafeFileHandle handle)
    {
        var facts = Ask(handle.DangerousGetHandle().ToInt32(), "", OfHandle);
        GC.KeepAlive(handle);
        return facts;
    }

    private static FileFacts? Ask(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var structure = new byte[StructureLength];
        try
        {
            return StatX(folder, Encoding.UTF8.GetBytes(path + '\0'), flags, BasicFacts, structure) == 0 ? Read(structure) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    private static FileFacts Read(byte[] structure)
    {
        var kind = (MemoryMarshal.Read<ushort>(structure.AsSpan(ModeAt)) & KindMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.NamedPipe,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
        var stamp = string.Join(
            ':', Hex(structure, FileSystemAt, 8), Hex(structure, FileNumberAt, 8), Hex(structure, LengthAt, 8), Hex(
                structure, ChangedAt, TimeLength), Hex(structure, WrittenAt, TimeLength));
        return new FileFacts(kind, stamp)
        {
            Names = MemoryMarshal.Read<uint>(structure.AsSpan(NamesAt)),
            Owner = MemoryMarshal.Read<uint>(structure.AsSpan(OwnerAt)),
        };
    }

    private static string Hex(byte[] structure, int at, int length) => Convert.ToHexString(structure, at, length);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SuppressMessage(
        "Interoperability", "SYSLIB1054", Justification = "The generator needs unsafe code; arrays of bytes need no marshalling.")]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] structure);
}
