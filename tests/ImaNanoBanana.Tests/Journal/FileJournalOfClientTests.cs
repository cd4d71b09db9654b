using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>The client with a journal of files: the content of the files, and disks that fail.</summary>
public sealed class FileJournalOfClientTests : IDisposable
{
    private const string Key = "ima_secret_key_4711";

    private static readonly ImageRequest Request = new("a very private puppy") { IdempotencyKey = "order-1" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly ScriptedHandler _handler = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _handler.Dispose();
        TestFolder.Delete(_folder);
    }

    [Fact]
    public async Task Entry_survives_its_client_without_key_and_prompt()
    {
        using (var client = Client(new FileTaskJournal(_folder.FullName)))
        {
            await client.SubmitAsync(Request with { IdempotencyKey = null }, Token);
            await client.SubmitAsync(Request, Token);
        }

        var text = string.Join('\n', _folder.GetFiles().Select(file => file.Name + File.ReadAllText(file.FullName)));
        Assert.Equal(2, _folder.GetFiles().Length);
        Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain("private", text, StringComparison.Ordinal);
        Assert.Contains("task_1", text, StringComparison.Ordinal);

        using var other = Client(new FileTaskJournal(_folder.FullName));
        Assert.Equal("task_1", (await other.SubmitAsync(Request, Token)).Id);
        Assert.Equal(2, (await ResumeAsync(other)).Count);
        Assert.Empty(await ResumeAsync(other));
        Assert.Equal(2, _handler.Count("create"));
    }

    /// <summary>The disk is full after a number of bytes. Nothing of the claim may remain, and nothing is sent.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Disk_that_is_full_before_the_submission_sends_nothing(int space)
    {
        var disk = new SmallDisk { Space = space };
        using var client = Client(new FileTaskJournal(_folder.FullName, "", null, null, disk.Open));

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request, Token));

        Assert.Equal((ImaErrorKind.NotSent, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
        Assert.Contains("No space left on device", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, _handler.Count("create"));
        Assert.Empty(_folder.GetFiles());

        disk.Space = int.MaxValue;
        Assert.Equal("task_1", (await client.SubmitAsync(Request, Token)).Id);
    }

    /// <summary>
    /// The disk becomes full after the claim. The task is returned, and for other readers of the journal the key stays unknown, not free.
    /// </summary>
    [Fact]
    public async Task Disk_that_is_full_after_the_submission_loses_no_task()
    {
        var disk = new SmallDisk { Space = int.MaxValue };
        using var full = new FullingHandler(_handler, disk);
        using var client = Client(new FileTaskJournal(_folder.FullName, "", null, null, disk.Open), full);

        var task = await client.SubmitAsync(Request, Token);

        Assert.Equal(("task_1", true), (task.Id, task.JournalFailed));
        var entry = await new FileTaskJournal(_folder.FullName).FindAsync("order-1", Token);
        Assert.Equal((TaskJournalState.Claimed, 6), (entry!.State, entry.Credits));
        Assert.Single(_folder.GetFiles());

        Assert.Equal((TaskJournalState.Accepted, "task_1"), ((await client.Journal.FindAsync("order-1", Token))!.State, task.Id));

        // This process knows its task at once, and writes it to the journal as soon as it can.
        Assert.Equal(task.Id, (await client.SubmitAsync(Request, Token)).Id);
        disk.Space = int.MaxValue;
        await client.WaitForCompletionAsync(task, Token);
        entry = await new FileTaskJournal(_folder.FullName).FindAsync("order-1", Token);
        Assert.Equal((TaskJournalState.Completed, task.Id), (entry!.State, entry.Task?.Id));
        Assert.Equal(1, _handler.Count("create"));
    }

    [Fact]
    public async Task Folder_that_is_a_file_sends_nothing()
    {
        var file = Path.Combine(_folder.FullName, "journal");
        await File.WriteAllTextAsync(file, "", Token);
        using var client = Client(new FileTaskJournal(file));

        Assert.Equal(
            ImaErrorKind.NotSent,
            (await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Request with { IdempotencyKey = null }, Token))).Kind);
        Assert.Equal(0, _handler.Count("create"));
    }

    private ImaImageClient Client(ITaskJournal journal, HttpMessageHandler? handler = null) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = Key, RetrySubmissions = false }, handler ?? _handler, new TestTimeProvider(), journal: journal);

    private static async Task<List<ImageOutcome>> ResumeAsync(ImaImageClient client)
    {
        var outcomes = new List<ImageOutcome>();
        await foreach (var outcome in client.ResumeAsync(cancellationToken: Token))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    /// <summary>Fills the disk while the create is in flight.</summary>
    private sealed class FullingHandler(ScriptedHandler inner, SmallDisk disk) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            disk.Space = request.RequestUri!.AbsolutePath.EndsWith("/create", StringComparison.Ordinal) ? 10 : disk.Space;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class SmallDisk
    {
        public int Space { get; set; }

        public Stream Open(string path, FileMode mode) => new Bounded(
            new FileStream(
                path, mode, mode == FileMode.Open ? FileAccess.Read : FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), this);

        private sealed class Bounded(FileStream file, SmallDisk disk) : MemoryStream
        {
            public override long Length => file.Length;

            public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

            public override int Read(Span<byte> buffer) => file.Read(buffer);

            public override void Write(ReadOnlySpan<byte> buffer)
            {
                file.Write(buffer[..Math.Min(buffer.Length, disk.Space)]);
                if (buffer.Length > disk.Space)
                {
                    throw new IOException("No space left on device");
                }
            }

            protected override void Dispose(bool disposing)
            {
                file.Dispose();
                base.Dispose(disposing);
            }
        }
    }
}
