using System.Diagnostics;
using System.Globalization;

namespace ImaNanoBanana.Studio.Tests.AppHost;

/// <summary>
/// The processes that a program has started, directly or not, also those that have left its tree: they inherit its environment, or they
/// have its data folder in their arguments.
/// </summary>
internal static class StartedProcesses
{
    private const string AllProcesses = "/proc";

    /// <param name="mark">A text that only these processes have.</param>
    public static IReadOnlyList<Process> Find(string mark) =>
    [
        .. Directory.EnumerateDirectories(AllProcesses)
            .Select(Path.GetFileName)
            .Where(name => name!.All(char.IsAsciiDigit) && (Has(name!, "environ", mark) || Has(name!, "cmdline", mark)))
            .Select(name => Open(int.Parse(name!, CultureInfo.InvariantCulture)))
            .OfType<Process>(),
    ];

    /// <summary>Waits until all of them have ended.</summary>
    public static async Task WaitForEndAsync(IEnumerable<Process> processes)
    {
        foreach (var process in processes)
        {
            using (process)
            {
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    private static Process? Open(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool Has(string id, string file, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(AllProcesses, id, file)).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended, or it belongs to someone else.
            return false;
        }
    }
}
