using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>The journal as the app sees it: what the app decides about a key changes what this process remembers.</summary>
public class AppJournalTests
{
    private static readonly TaskJournalEntry Claim = FileTaskJournalTests.Entry("order-1");
    private static readonly TaskJournalEntry Accepted =
        Claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") };

    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Journal_of_another_client_is_chosen_with_what_it_remembers()
    {
        var unchosen = AppJournal.Create(null, _time);
        var chosen = AppJournal.Create(unchosen, _time);
        var spy = new SpyJournal();
        var own = AppJournal.Create(spy, _time);

        Assert.Equal((true, false, false), (unchosen.IsDefault, chosen.IsDefault, own.IsDefault));
        Assert.IsType<MemoryTaskJournal>(unchosen.Inner);
        Assert.Same(unchosen.Inner, chosen.Inner);
        Assert.Same(unchosen.Memory, chosen.Memory);
        Assert.Same(chosen, AppJournal.Create(chosen, _time));
        Assert.Same(spy, own.Inner);
        Assert.Same(own, AppJournal.Create(own, _time));
        Assert.Equal((false, true), (unchosen.RecordsEverySubmission, own.RecordsEverySubmission));
    }

    [Fact]
    public async Task What_the_app_records_is_remembered_if_the_journal_has_it()
    {
        var journal = new AppJournal(new MemoryTaskJournal(_time), new SubmissionMemory(_time));
        await journal.ClaimAsync(Claim, Token);
        journal.Memory.TryClaim(Claim);

        Assert.True(await journal.UpdateAsync(Accepted, Token));

        Assert.Equal(Accepted, journal.Memory.Known("order-1", null));
    }

    /// <summary>The key has another claim in the journal, so what the app says about the lost one is not true.</summary>
    [Fact]
    public async Task What_the_journal_did_not_record_is_not_remembered()
    {
        var journal = new AppJournal(new MemoryTaskJournal(_time), new SubmissionMemory(_time));
        journal.Memory.TryClaim(Claim);
        await journal.ClaimAsync(FileTaskJournalTests.Entry("order-1"), Token);

        Assert.False(await journal.UpdateAsync(Accepted, Token));

        Assert.Equal(Claim, journal.Memory.Known("order-1", null));
    }

    /// <summary>The app removes the key during its submission, and then the submission is recorded after all.</summary>
    [Fact]
    public async Task Entry_that_is_added_again_is_listed_once_and_kept_for_its_time()
    {
        var journal = new AppJournal(new MemoryTaskJournal(_time), new SubmissionMemory(_time));
        var earlier = FileTaskJournalTests.Entry("order-0");
        await journal.ClaimAsync(earlier, Token);
        journal.Memory.TryClaim(Claim);
        await journal.ClaimAsync(Claim, Token);
        await journal.RemoveAsync(Claim, Token);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.True(await journal.UpdateAsync(Accepted, Token));

        Assert.Equal([earlier, Accepted], await FileTaskJournalTests.ListAsync(journal.Inner));
        _time.Advance(MemoryTaskJournal.Memory - TimeSpan.FromTicks(1));
        await journal.ClaimAsync(FileTaskJournalTests.Entry("order-2"), Token);
        Assert.Equal(Accepted, await journal.Inner.FindAsync("order-1", Token));
    }

    /// <summary>The journal; whether it and this process know a key; and whether a new instance would know as much.</summary>
    [Theory]
    [InlineData("memory", false, false, true)]
    [InlineData("memory", true, false, false)]
    [InlineData("memory", false, true, false)]
    [InlineData("other", false, false, true)]
    [InlineData("other", true, false, true)]
    [InlineData("other", true, true, false)]
    public async Task Journal_is_settled_if_a_new_instance_would_know_as_much(
        string kind, bool isRecorded, bool isSubmitting, bool isSettled)
    {
        ITaskJournal inner = kind == "memory" ? new MemoryTaskJournal(_time) : new SpyJournal(new MemoryTaskJournal(_time));
        var journal = new AppJournal(inner, new SubmissionMemory(_time));
        _ = isRecorded ? await inner.ClaimAsync(Claim, Token) : null;
        _ = isSubmitting ? journal.Memory.TryClaim(Claim) : null;

        Assert.Equal(isSettled, journal.IsSettled);

        _time.Advance(MemoryTaskJournal.Memory);
        Assert.Equal(!isSubmitting, journal.IsSettled);
    }
}
