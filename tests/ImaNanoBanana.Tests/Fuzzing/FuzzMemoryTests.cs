namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Counts the allocations of the whole process.</summary>
public class FuzzMemoryTests
{
    private const long MB = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("list", ImaErrorKind.CatalogUnavailable, null)]
    [InlineData("getuploadtoken", ImaErrorKind.UploadFailed, null)]
    [InlineData("create", ImaErrorKind.OutcomeUnknown, "task_1")]
    [InlineData("detail", ImaErrorKind.TimedOut, "task_1")]
    public async Task Answer_without_end_is_given_up_after_8_MB(string endpoint, ImaErrorKind kind, string? taskId)
    {
        using var handler = new EndlessHandler(endpoint);
        using var client = TestClients.Create(FuzzClient.Options("ima_fuzz_key"), handler, new HurriedTimeProvider());
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.GenerateAsync(
            new ImageRequest("a puppy") { Images = [ImageInput.FromBytes([0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0, 0, 0, 0, 0, 0])] }, Token));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        // The buffer doubles, so the read that exceeds the limit may be as long as the limit.
        Assert.InRange(handler.Taken, 8 * MB * handler.Asked, 17 * MB * handler.Asked);
        Assert.InRange(allocated, 0, 34 * MB * handler.Asked);
        Assert.Equal((kind, taskId), (exception.Kind, exception.Task?.Id));
        Assert.Equal(kind is ImaErrorKind.OutcomeUnknown or ImaErrorKind.TimedOut ? 1 : 0, handler.Count("create"));
    }

    [Fact]
    public async Task Bad_answers_use_no_more_memory_than_good_ones()
    {
        const int Calls = 500;
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var number = 0; number < Calls; number++)
        {
            using var one = new FuzzCase(FuzzSettings.RandomOf(FuzzSettings.Seed, number));
            Assert.Null(await one.RunAsync());
        }

        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / Calls, 0, 256 * 1024);
    }
}
