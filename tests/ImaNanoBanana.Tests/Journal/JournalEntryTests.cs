namespace ImaNanoBanana.Tests.Journal;

public class JournalEntryTests
{
    private static readonly JournalEntry Accepted = new("order-1", "AA")
    {
        State = JournalState.Accepted,
        ClaimedAt = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
        ClaimId = "c1",
        Registration = "tenant-a",
        Task = new ImageTask("task_1")
        {
            Model = ImageModel.NanoBanana2,
            Size = ImageSize.Size2K,
            CreditsPerImage = 6,
            Count = 2,
            OperationKey = "order-1",
        },
    };

    public static TheoryData<JournalEntry> Entries =>
    [
        Accepted,
        Accepted with { State = JournalState.Completed, EndedAt = Accepted.ClaimedAt.AddSeconds(30.5) },
        Accepted with { State = JournalState.Failed, EndedAt = Accepted.ClaimedAt },
        Accepted with { State = JournalState.Unknown },
        Accepted with { State = JournalState.Unknown, Task = null },
        Accepted with { State = JournalState.Claimed, Task = null },
        new JournalEntry("order 1/\u00e4\n", "") { State = JournalState.Claimed },
    ];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Text_is_read_back(JournalEntry entry)
    {
        Assert.True(JournalEntry.TryParse(entry.ToJson(), out var read));

        Assert.Equal(entry, read);
        Assert.Equal(entry.Task, read.Task);
    }

    [Fact]
    public void What_was_ordered_is_known_before_the_task_is()
    {
        var claimed = Accepted with { State = JournalState.Claimed, Task = null };

        Assert.Null(claimed.Task);
        Assert.Equal((ImageModel.NanoBanana2, ImageSize.Size2K, 12), (claimed.Model, claimed.Size, claimed.Credits));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"v":1,"request_hash":"AA","state":"accepted"}""")]
    [InlineData("""{"v":1,"operation_key":"\ud800","request_hash":"AA"}""")]
    [InlineData("""{"v":1,"operation_key":"k","task":7}""")]
    public void Text_that_is_no_entry_is_none(string? text) => Assert.False(JournalEntry.TryParse(text, out _));

    /// <summary>Whatever is missing or new, the entry never promises what it does not say.</summary>
    [Theory]
    [InlineData("""{"operation_key":"k"}""", JournalState.Unknown)]
    [InlineData("""{"operation_key":"k","state":"accepted"}""", JournalState.Unknown)]
    [InlineData("""{"operation_key":"k","state":"completed","task":{"model":"m"}}""", JournalState.Unknown)]
    [InlineData("""{"operation_key":"k","state":"paused","task":{"id":"t"}}""", JournalState.Unknown)]
    [InlineData("""{"operation_key":"k","state":"claimed","later":[1]}""", JournalState.Claimed)]
    [InlineData("""{"operation_key":"k","state":"accepted","task":{"id":"t"},"claimed_at":7}""", JournalState.Accepted)]
    public void Text_of_another_version_is_read(string text, JournalState state)
    {
        Assert.True(JournalEntry.TryParse(text, out var entry));

        Assert.Equal(("k", state), (entry.OperationKey, entry.State));
    }
}
