using System.Diagnostics;

namespace ImaNanoBanana.Tests.Files;

/// <summary>A real named pipe without a writer: opening it waits without end.</summary>
internal static class NamedPipe
{
    public static void Create(string path)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo") || File.Exists("/bin/mkfifo"), "This machine cannot create named pipes.");
        using var process = Process.Start("mkfifo", [path])!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
