using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

public class JournalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The state, the age of the claim in seconds and whether the request is the same, with a window of 135 s.</summary>
    [Theory]
    [InlineData("Claimed", 0, true, "InProgress")]
    [InlineData("Claimed", 134, true, "InProgress")]
    [InlineData("Claimed", 135, true, "Unknown")]
    [InlineData("Claimed", -86_400, true, "InProgress")]
    [InlineData("Unknown", 0, true, "Unknown")]
    [InlineData("Accepted", 1_000_000, true, "TaskExists")]
    [InlineData("Completed", 0, true, "TaskExists")]
    [InlineData("Failed", 0, true, "TaskExists")]
    [InlineData("Claimed", 0, false, "OtherRequest")]
    [InlineData("Unknown", 0, false, "OtherRequest")]
    [InlineData("Accepted", 0, false, "OtherRequest")]
    [InlineData("Completed", 0, false, "OtherRequest")]
    public void Entry_has_the_expected_meaning(string state, int age, bool isSame, string verdict)
    {
        var entry =
            new TaskJournalEntry("order-1", "AA")
            {
                State = Enum.Parse<TaskJournalState>(state),
                ClaimedAt = Now - TimeSpan.FromSeconds(age),
            };

        Assert.Equal(Enum.Parse<KeyState>(verdict), JournalRules.Judge(entry, isSame ? "AA" : "BB", Now, TimeSpan.FromSeconds(135)));
    }

    [Theory]
    [InlineData("Claimed", "InProgress")]
    [InlineData("Unknown", "Unknown")]
    [InlineData("Accepted", "TaskExists")]
    public void Entry_without_a_hash_is_not_treated_as_another_request(string state, string verdict)
    {
        var entry = new TaskJournalEntry("order-1", "") { State = Enum.Parse<TaskJournalState>(state), ClaimedAt = Now };

        Assert.Equal(Enum.Parse<KeyState>(verdict), JournalRules.Judge(entry, "BB", Now, TimeSpan.FromSeconds(135)));
    }
}
