using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages about idempotency keys and the journal.</summary>
internal static class JournalMessages
{
    private const string Key = "key-1";

    private static readonly ImageTask First =
        new("task_1") { Model = ImageModel.NanoBanana2, Size = ImageSize.Size1K, CreditsPerImage = 6, Count = 1 };

    private static readonly TaskJournalEntry Accepted =
        new(Key, "AA") { Task = First, State = TaskJournalState.Accepted, ClaimedAt = DateTimeOffset.UnixEpoch };

    private static readonly TaskJournalEntry Claimed =
        new(Key, "AA") { ClaimedAt = DateTimeOffset.UnixEpoch, Submitted = First with { Id = "" } };

    public static async Task<IEnumerable<CatalogueMessage>> AllAsync() =>
    [
        Message("journal failed before a create request", JournalErrors.NotWritten(Key, new IOException("No space left on device."))),
        Message("journal failed while an entry is resumed", JournalErrors.NotRead(Claimed, new IOException("No space left on device."))),
        Message("claim lost", JournalErrors.ClaimLost(Key)),
        Message("key used for a different request", JournalErrors.OtherRequest(Key, Accepted)),
        Message("key used for a submission whose outcome is unknown", JournalErrors.Unknown(Key, Claimed)),
        Message(
            "cancelled while another call with the key was running",
            JournalErrors.Cancelled(Key, new OperationCanceledException(), CancellationToken.None)),
        Message("attach: key unknown", await AttachAsync(null)),
        Message("attach: key has another task", await AttachAsync(Accepted)),
        Message("attach: key resolved in the meantime", await AttachAsync(Claimed)),
    ];

    private static ValueTask<Exception?> AttachAsync(TaskJournalEntry? entry) =>
        Record.ExceptionAsync(() => new OneEntryJournal(entry).AttachTaskAsync(Key, "task_2", TestContext.Current.CancellationToken));

    private static CatalogueMessage Message(string name, Exception? exception) =>
        CatalogueMessage.FromException("Journal", name, exception);

    /// <summary>A journal that holds one entry and never changes it, because another caller always changed it first.</summary>
    private sealed class OneEntryJournal(TaskJournalEntry? entry) : ITaskJournal
    {
        public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
            Task.FromResult(entry);

        public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
            Task.FromResult(entry);

        public Task<bool> UpdateAsync(TaskJournalEntry changed, CancellationToken cancellationToken = default) => Task.FromResult(false);

        public Task<bool> RemoveAsync(TaskJournalEntry removed, CancellationToken cancellationToken = default) => Task.FromResult(false);

        public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
