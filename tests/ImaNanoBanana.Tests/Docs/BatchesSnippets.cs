using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/batches.md, compiled and run: a batch that stops halfway, and the same batch in the next process.</summary>
public sealed class BatchesSnippets : IDisposable
{
    private static readonly string[] Lines = [.. BatchShop.Requests(12).Select(request => request.Prompt)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _simulator.Dispose();
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task Batch_that_stops_halfway_is_finished_by_the_next_process()
    {
        await using (var provider = Provider())
        {
            await Assert.ThrowsAsync<IOException>(
                () => GenerateAsync(provider.GetRequiredService<IImaImageClient>(), Lines.Select(LostLine), Token));
        }

        Assert.Equal(4, _folder.GetFiles("*.png").Length);
        await using var next = Provider();
        await GenerateAsync(next.GetRequiredService<IImaImageClient>(), Lines, Token);

        Assert.Equal(Lines, _simulator.Charges.Select(charge => charge.Prompt).Order(StringComparer.Ordinal));
        var keys = await Task.WhenAll(Lines.Select(line => new ImageRequest(line).CreateContentKeyAsync(cancellationToken: Token)));
        Assert.Equal(
            keys.Select(key => key.Replace("sha256", "catalogue-2026-05", StringComparison.Ordinal) + ".png").Order(StringComparer.Ordinal),
            _folder.GetFiles("*.png").Select(file => file.Name).Order(StringComparer.Ordinal));

        static string LostLine(string line, int index) => index < 4 ? line : throw new IOException("The list could not be read on.");
    }

    [Fact]
    public async Task Cancelled_batch_leaves_handles_of_what_was_charged()
    {
        _simulator.ProcessingTime = TimeSpan.FromHours(1);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var provider = Provider();
        var handles = Path.Combine(_folder.FullName, "handles.txt");

        await CancelledAsync(provider.GetRequiredService<IImaImageClient>(), CancelledAtTheThird(cancel), handles, cancel.Token);

        var tasks = (await File.ReadAllLinesAsync(handles, Token)).Select(ImageTask.FromHandle);
        Assert.Equal(_simulator.Charges.Select(charge => charge.TaskId).Order(), tasks.Select(task => task.Id).Order());
    }

    private async Task GenerateAsync(IImaImageClient client, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var folder = _folder.FullName;
        // >>>
        var requests = lines.Select(line => new ImageRequest(line));
        var options = new ImageBatchOptions { MaxConcurrency = 8, IdempotencyKeyPrefix = "catalogue-2026-05" };
        var save = new ImageSaveOptions { FileConflictBehavior = FileConflictBehavior.Overwrite };
        await foreach (var outcome in client.GenerateBatchAsync(requests, options, cancellationToken))
        {
            if (outcome.Result is { } result)
            {
                await client.SaveAsync(result.Image, Path.Combine(folder, outcome.IdempotencyKey), save, cancellationToken);
            }
            else if (outcome.Error is { } error)
            {
                Console.WriteLine($"{outcome.Number}: {error.Kind}, charged: {error.ChargeStatus}, next: {error.RetryGuidance}");
            }
            else
            {
                Console.WriteLine($"{outcome.Number}: interrupted, task {outcome.Task?.Id ?? "unknown"}");
            }
        }
        // <<<
    }

    private ServiceProvider Provider()
    {
        var journalFolder = Path.Combine(_folder.FullName, "journal");
        var services = new ServiceCollection();
        // >>>
        services.AddImaNanoBanana().AddFileJournal(journalFolder);
        // <<<
        services.AddImaNanoBanana().UseSimulator(_simulator);
        return services.BuildServiceProvider();
    }

    private static async Task CancelledAsync(
        IImaImageClient client, IAsyncEnumerable<ImageRequest> requests, string handleFile, CancellationToken cancellationToken)
    {
        // >>>
        var submitted = new List<ImageTask>();
        try
        {
            await foreach (var outcome in client.GenerateBatchAsync(requests, cancellationToken: cancellationToken))
            {
                if (outcome.Result is null && outcome.Task is { } task)
                {
                    submitted.Add(task);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await File.WriteAllLinesAsync(handleFile, submitted.Select(task => task.ToHandle()), CancellationToken.None);
        }
        // <<<
    }

    /// <summary>Cancels after two tasks were charged.</summary>
    private async IAsyncEnumerable<ImageRequest> CancelledAtTheThird(CancellationTokenSource cancel)
    {
        yield return new ImageRequest("one");
        yield return new ImageRequest("two");
        await BatchShop.UntilAsync(() => _simulator.Charges.Count == 2);
        await cancel.CancelAsync();
    }
}
