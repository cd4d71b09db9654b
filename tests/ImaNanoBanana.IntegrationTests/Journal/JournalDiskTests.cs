using System.ComponentModel;
using System.Diagnostics;
using ImaNanoBanana.JournalWorker;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.IntegrationTests.Journal;

/// <summary>Real file systems that accept no claim: without a claim nothing is submitted.</summary>
public class JournalDiskTests
{
    private const int Submissions = 20;

    private const string FullDisk = "mount -t tmpfs -o size=8k tmpfs \"$0\" && exec \"$@\"";
    private const string ReadOnlyDisk = "mount -t tmpfs tmpfs \"$0\" && mount -o remount,ro \"$0\" && exec \"$@\"";

    [Fact]
    public async Task On_a_full_disk_only_claimed_requests_are_submitted()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        var outcomes = await SubmitOnAsync(shop, FullDisk);

        var submitted = outcomes.Where(outcome => outcome.Task is not null).ToList();
        Assert.NotEmpty(submitted);
        Assert.All(submitted, outcome => Assert.Equal((null, 1), (outcome.Error, outcome.Images)));
        Assert.Equal(
            simulator.Charges.Select(charge => (charge.Prompt, charge.TaskId)).Order(),
            submitted.Select(outcome => ($"picture {outcome.Key}", outcome.Task!)).Order());
        CheckNotSent(outcomes.Except(submitted));
    }

    [Fact]
    public async Task With_a_read_only_folder_nothing_is_submitted()
    {
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        await using var shop = await Shop.OpenAsync(simulator);
        var outcomes = await SubmitOnAsync(shop, ReadOnlyDisk);

        Assert.Equal(Submissions, outcomes.Count);
        CheckNotSent(outcomes);
        Assert.Empty(simulator.Charges);
    }

    private static void CheckNotSent(IEnumerable<Outcome> outcomes)
    {
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome =>
        {
            Assert.Equal((nameof(ImaErrorKind.NotSent), nameof(ImaChargeStatus.NotCharged)), (outcome.Error, outcome.Charge));
            Assert.Contains("spent no credits", outcome.Text, StringComparison.Ordinal);
        });
    }

    /// <param name="shop">The shop; its folder becomes the file system.</param>
    /// <param name="script">Mounts the file system for a process and starts the process.</param>
    private static async Task<IReadOnlyList<Outcome>> SubmitOnAsync(Shop shop, string script)
    {
        string[] shell = ["unshare", "-Urm", "sh", "-c", script, shop.Folder];
        await SkipWhereImpossibleAsync([.. shell, "true"]);
        await using var worker = await WorkerProcess.StartIsolatedAsync(shell, "buy", shop.Address, shop.Folder);
        await worker.SubmitAsync("order", Submissions);
        return await worker.EndAsync();
    }

    private static async Task SkipWhereImpossibleAsync(string[] command)
    {
        string reason;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            reason = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (process.ExitCode == 0)
            {
                return;
            }
        }
        catch (Win32Exception exception)
        {
            reason = exception.Message;
        }

        Assert.Skip($"A separate file system needs Linux and user namespaces: {reason.Trim()}");
    }
}
