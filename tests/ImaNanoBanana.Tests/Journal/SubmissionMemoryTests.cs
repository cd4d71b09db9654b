using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>What a process remembers of its own submissions, whatever happens to the journal.</summary>
public class SubmissionMemoryTests
{
    private static readonly TaskJournalEntry Claim = FileTaskJournalTests.Entry("order-1");
    private static readonly TaskJournalEntry Other = FileTaskJournalTests.Entry("order-1");

    private readonly TestTimeProvider _time = new();
    private readonly SubmissionMemory _memory;

    public SubmissionMemoryTests() => _memory = new SubmissionMemory(_time);

    /// <summary>The state of the own entry, the state and the claim of the stored one, and which of the two counts.</summary>
    [Theory]
    [InlineData(TaskJournalState.Claimed, null, true, "own")]
    [InlineData(TaskJournalState.Claimed, TaskJournalState.Claimed, true, "stored")]
    [InlineData(TaskJournalState.Claimed, TaskJournalState.Accepted, true, "stored")]
    [InlineData(TaskJournalState.Claimed, TaskJournalState.Claimed, false, "stored")]
    [InlineData(TaskJournalState.Claimed, TaskJournalState.Accepted, false, "stored")]
    [InlineData(TaskJournalState.Unknown, null, true, "own")]
    [InlineData(TaskJournalState.Unknown, TaskJournalState.Claimed, true, "stored")]
    [InlineData(TaskJournalState.Unknown, TaskJournalState.Completed, true, "stored")]
    [InlineData(TaskJournalState.Unknown, TaskJournalState.Unknown, false, "stored")]
    [InlineData(TaskJournalState.Accepted, null, true, "own")]
    [InlineData(TaskJournalState.Accepted, TaskJournalState.Claimed, true, "own")]
    [InlineData(TaskJournalState.Accepted, TaskJournalState.Unknown, true, "own")]
    [InlineData(TaskJournalState.Accepted, TaskJournalState.Accepted, true, "stored")]
    [InlineData(TaskJournalState.Accepted, TaskJournalState.Failed, true, "stored")]
    [InlineData(TaskJournalState.Accepted, TaskJournalState.Accepted, false, "own")]
    [InlineData(TaskJournalState.Accepted, TaskJournalState.Unknown, false, "own")]
    [InlineData(TaskJournalState.Completed, TaskJournalState.Claimed, false, "own")]
    public void Better_knowledge_counts(TaskJournalState own, TaskJournalState? stored, bool isSameClaim, string counts)
    {
        _memory.TryClaim(Claim);
        Assert.True(_memory.Know(In(Claim, own, "own")), "The claim belongs to this process.");
        var there = stored is { } state ? In(isSameClaim ? Claim : Other, state, "stored") : null;

        Assert.Equal(counts, _memory.Known("order-1", there)?.Submitted.Id);
    }

    [Fact]
    public void Nothing_is_known_of_the_keys_of_others()
    {
        Assert.Null(_memory.Known("order-1", null));
        Assert.Equal(Other, _memory.Known("order-1", Other));
        Assert.False(_memory.Know(Claim));
        Assert.False(_memory.IsSubmitting(Claim));
    }

    [Fact]
    public void Second_claim_of_a_key_gets_the_first()
    {
        Assert.Null(_memory.TryClaim(Claim));

        Assert.Equal(Claim, _memory.TryClaim(Other));
        Assert.False(_memory.Know(Other));
        Assert.Equal(Claim, _memory.Known("order-1", null));
    }

    [Fact]
    public void Only_the_claim_itself_is_forgotten()
    {
        _memory.TryClaim(Claim);

        _memory.Forget(Other);
        Assert.Equal(Claim, _memory.Known("order-1", null));
        _memory.Forget(Claim);
        _memory.Forget(Claim);
        Assert.Null(_memory.Known("order-1", null));
    }

    /// <summary>The state of the own entry, and whether another claim of the key is asked about.</summary>
    [Theory]
    [InlineData(TaskJournalState.Claimed, true, true)]
    [InlineData(TaskJournalState.Claimed, false, false)]
    [InlineData(TaskJournalState.Unknown, true, false)]
    [InlineData(TaskJournalState.Accepted, true, false)]
    [InlineData(TaskJournalState.Accepted, false, false)]
    public void Submission_in_progress_is_that_of_the_own_claim(TaskJournalState state, bool isSameClaim, bool isSubmitting)
    {
        _memory.TryClaim(Claim);
        _memory.Know(Claim with { State = state });

        Assert.Equal(isSubmitting, _memory.IsSubmitting(isSameClaim ? Claim : Other));
    }

    /// <summary>A submission that takes days, with a renewed claim, is remembered throughout.</summary>
    [Fact]
    public void Claim_that_is_still_submitting_is_remembered_for_as_long_as_it_takes()
    {
        _memory.TryClaim(Claim);
        Assert.True(_memory.Know(Claim with { ClaimedAt = Claim.ClaimedAt.AddMinutes(1) }), "The claim belongs to this process.");
        _time.Advance(3 * MemoryTaskJournal.Memory);

        Assert.Equal(TaskJournalState.Claimed, _memory.Known("order-1", null)?.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_forgotten_after_24_hours_makes_room_for_the_next(bool isLearned)
    {
        var delivered = In(Claim, TaskJournalState.Accepted, "task_1");
        _memory.Learn(delivered);
        _memory.Learn(In(Other, TaskJournalState.Accepted, "task_2"));
        _time.Advance(MemoryTaskJournal.Memory - TimeSpan.FromTicks(1));
        Assert.Equal(delivered, _memory.TryClaim(Other));
        _time.Advance(TimeSpan.FromTicks(1));

        if (isLearned)
        {
            _memory.Learn(In(Other, TaskJournalState.Accepted, "task_2"));
            Assert.Equal("task_2", _memory.Known("order-1", null)?.Task?.Id);
        }
        else
        {
            Assert.Null(_memory.TryClaim(Other));
            Assert.Equal(Other, _memory.Known("order-1", null));
        }
    }

    [Fact]
    public void Task_that_was_learned_is_forgotten_after_24_hours()
    {
        _memory.Learn(In(Claim, TaskJournalState.Accepted, "task_1"));
        _time.Advance(MemoryTaskJournal.Memory);

        Assert.Null(_memory.Known("order-1", null));
    }

    [Fact]
    public void Claim_is_withdrawn_until_the_journal_has_removed_it()
    {
        _memory.TryClaim(Claim);
        _memory.Withdraw(Claim);

        Assert.True(_memory.IsWithdrawn(Claim), "The journal may still have it.");
        Assert.False(_memory.IsWithdrawn(Other));
        Assert.Null(_memory.Known("order-1", null));
        _memory.Withdrawn(Claim);
        Assert.False(_memory.IsWithdrawn(Claim));
    }

    /// <summary>The states of two submissions, and what else is going on.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData("Accepted Unknown", true)]
    [InlineData("Claimed", false)]
    [InlineData("Accepted Claimed", false)]
    [InlineData("Claimed Accepted", false)]
    [InlineData("withdraw", false)]
    [InlineData("withdraw withdrawn", true)]
    [InlineData("watch", false)]
    [InlineData("watch watch leave", false)]
    [InlineData("watch leave", true)]
    [InlineData("Accepted watch", false)]
    [InlineData("Accepted withdraw", false)]
    [InlineData("watch withdraw", false)]
    [InlineData("watch withdraw Claimed", false)]
    public void Memory_is_settled_when_nothing_is_in_progress(string what, bool isSettled)
    {
        var number = 0;
        foreach (var step in what.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var entry = FileTaskJournalTests.Entry($"order-{number++}");
            Action act = step switch
            {
                "withdraw" => () => _memory.Withdraw(Claim),
                "withdrawn" => () => _memory.Withdrawn(Claim),
                "watch" => () => _memory.AddWatcher("order-1"),
                "leave" => () => _memory.RemoveWatcher("order-1"),
                _ => () =>
                {
                    _memory.TryClaim(entry);
                    _memory.Know(entry with { State = Enum.Parse<TaskJournalState>(step) });
                }
                ,
            };
            act();
        }

        Assert.Equal(isSettled, _memory.IsSettled);
    }

    /// <summary>Other processes and other versions read it in the journal.</summary>
    [Fact]
    public void Process_is_identified_by_32_digits()
    {
        Assert.Matches("^[0-9a-f]{32}$", _memory.Watcher);
        Assert.NotEqual(_memory.Watcher, new SubmissionMemory(_time).Watcher);
    }

    private static TaskJournalEntry In(TaskJournalEntry claim, TaskJournalState state, string taskId) =>
        claim with { State = state, Submitted = new ImageTask(taskId) };
}
