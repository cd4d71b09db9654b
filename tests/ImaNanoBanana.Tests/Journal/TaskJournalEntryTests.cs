namespace ImaNanoBanana.Tests.Journal;

public class TaskJournalEntryTests
{
    private static readonly TaskJournalEntry Accepted = new("order-1", "AA")
    {
        State = TaskJournalState.Accepted,
        ClaimedAt = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
        ClaimId = "c1",
        Registration = "tenant-a",
        Task = new ImageTask("task_1")
        {
            Model = ImageModel.NanoBanana2,
            Size = ImageSize.Size2K,
            CreditsPerImage = 6,
            Count = 2,
            IdempotencyKey = "order-1",
        },
    };

    public static TheoryData<TaskJournalEntry> Entries =>
    [
        Accepted,
        Accepted with { State = TaskJournalState.Completed, EndedAt = Accepted.ClaimedAt.AddSeconds(30.5) },
        Accepted with { State = TaskJournalState.Failed, EndedAt = Accepted.ClaimedAt },
        Accepted with { State = TaskJournalState.Unknown },
        Accepted with { Tag = "team \u00e4/1" },
        Accepted with { State = TaskJournalState.Unknown, Task = null },
        Accepted with { State = TaskJournalState.Claimed, Task = null },
        new TaskJournalEntry("order 1/\u00e4\n", "") { State = TaskJournalState.Claimed },
    ];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Text_round_trips(TaskJournalEntry entry)
    {
        Assert.True(TaskJournalEntry.TryFromJson(entry.ToJson(), out var read));

        Assert.Equal(entry, read);
        Assert.Equal(entry.Task, read.Task);
    }

    /// <summary>An entry that an earlier version wrote has no tag, and one without a tag looks as before.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData(""","tag":"team-a" """, "team-a")]
    [InlineData(""","tag":"" """, null)]
    [InlineData(""","tag":null""", null)]
    [InlineData(""","tag":{"a":[1]}""", null)]
    public void Tag_is_optional(string member, string? tag)
    {
        var json = Accepted.ToJson();
        Assert.DoesNotContain("\"tag\"", json, StringComparison.Ordinal);

        Assert.True(TaskJournalEntry.TryFromJson(json[..^1] + member + "}", out var read));

        Assert.Equal(Accepted with { Tag = tag }, read);
    }

    [Fact]
    public void Submitted_request_is_known_before_the_task()
    {
        var claimed = Accepted with { State = TaskJournalState.Claimed, Task = null };

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
    [InlineData("""{"v":1,"idempotency_key":"\ud800","request_hash":"AA"}""")]
    [InlineData("""{"v":1,"idempotency_key":"k","task":7}""")]
    public void Text_that_is_not_an_entry_is_rejected(string? text) => Assert.False(TaskJournalEntry.TryFromJson(text, out _));

    /// <summary>Whatever is missing or new, the entry never claims more than its text says.</summary>
    [Theory]
    [InlineData("""{"idempotency_key":"k"}""", TaskJournalState.Unknown)]
    [InlineData("""{"idempotency_key":"k","state":"accepted"}""", TaskJournalState.Unknown)]
    [InlineData("""{"idempotency_key":"k","state":"completed","task":{"model":"m"}}""", TaskJournalState.Unknown)]
    [InlineData("""{"idempotency_key":"k","state":"paused","task":{"id":"t"}}""", TaskJournalState.Unknown)]
    [InlineData("""{"idempotency_key":"k","state":"claimed","later":[1]}""", TaskJournalState.Claimed)]
    [InlineData("""{"idempotency_key":"k","state":"accepted","task":{"id":"t"},"claimed_at":7}""", TaskJournalState.Accepted)]
    public void Text_of_another_version_is_read(string text, TaskJournalState state)
    {
        Assert.True(TaskJournalEntry.TryFromJson(text, out var entry));

        Assert.Equal(("k", state), (entry.IdempotencyKey, entry.State));
    }

    /// <summary>Other processes and other versions of the SDK read this text, and apps store it in their databases.</summary>
    [Theory]
    [InlineData(TaskJournalState.Claimed, "claimed")]
    [InlineData(TaskJournalState.Unknown, "unknown")]
    [InlineData(TaskJournalState.Accepted, "accepted")]
    [InlineData(TaskJournalState.Completed, "completed")]
    [InlineData(TaskJournalState.Failed, "failed")]
    public void Text_stays_as_it_is(TaskJournalState state, string word)
    {
        var entry = Accepted with { State = state, EndedAt = Accepted.ClaimedAt.AddSeconds(30), Tag = "team-a" };

        Assert.Equal(
            $$$"""
            {"v":1,"idempotency_key":"order-1","request_hash":"AA","state":"{{{word}}}",
            "claimed_at":"2026-11-22T12:00:00.0000000\u002B00:00","ended_at":"2026-11-22T12:00:30.0000000\u002B00:00",
            "claim_id":"c1","registration":"tenant-a","tag":"team-a",
            "task":{"v":1,"id":"task_1","model":"gemini-3.1-flash-image","size":"2K","credits_per_image":6,"count":2,
            "idempotency_key":"order-1"}}
            """.ReplaceLineEndings(""),
            entry.ToJson());
    }

    [Theory]
    [InlineData("claimed", TaskJournalState.Claimed)]
    [InlineData("unknown", TaskJournalState.Unknown)]
    [InlineData("accepted", TaskJournalState.Accepted)]
    [InlineData("completed", TaskJournalState.Completed)]
    [InlineData("failed", TaskJournalState.Failed)]
    [InlineData("", TaskJournalState.Unknown)]
    public void Word_of_a_state_is_read(string word, TaskJournalState state)
    {
        Assert.True(
            TaskJournalEntry.TryFromJson($$$"""{"idempotency_key":"k","state":"{{{word}}}","task":{"id":"t"}}""", out var entry));

        Assert.Equal(state, entry.State);
    }

    [Fact]
    public void What_is_missing_in_a_text_is_empty()
    {
        Assert.True(TaskJournalEntry.TryFromJson("""{"idempotency_key":"k"}""", out var entry));

        Assert.Equal(("", "", "", ""), (entry.RequestHash, entry.ClaimId, entry.Registration, entry.Submitted.Id));
        Assert.Equal(new TaskJournalEntry("k", "") { State = TaskJournalState.Unknown }, entry);
        Assert.Equal(("", ""), (new TaskJournalEntry("k", "").ClaimId, new TaskJournalEntry("k", "").Registration));
        Assert.Null(entry.Tag);
    }

    /// <summary>When the task was created, if a contradictory response already said so; otherwise when it was claimed.</summary>
    [Theory]
    [InlineData(null, 0)]
    [InlineData(5, 5)]
    public async Task Attached_task_keeps_the_time_that_is_known(int? secondsAfterTheClaim, int expected)
    {
        var journal = new SpyJournal();
        DateTimeOffset? created = secondsAfterTheClaim is { } seconds ? Accepted.ClaimedAt.AddSeconds(seconds) : null;
        var submitted = Accepted.Submitted with { Id = "", CreatedAt = created };
        var unknown = Accepted with { State = TaskJournalState.Unknown, Submitted = submitted };
        await journal.ClaimAsync(unknown, TestContext.Current.CancellationToken);

        var task = await journal.AttachTaskAsync("order-1", "task_7", TestContext.Current.CancellationToken);

        Assert.Equal(("task_7", Accepted.ClaimedAt.AddSeconds(expected)), (task.Id, task.CreatedAt!.Value));
    }
}
