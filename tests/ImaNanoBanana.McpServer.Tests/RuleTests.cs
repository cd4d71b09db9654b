using System.Text.Json;
using ImaNanoBanana.Mcp;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Submissions;
using ImaNanoBanana.Mcp.Tools;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>Tests the decisions about credits and files without a process.</summary>
public sealed class RuleTests
{
    private const string Key = "mcp-abc";

    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly ImageRequest Puppy = new("a puppy") { TaskType = ImageTaskType.TextToImage, Count = 1 };

    public static TheoryData<string, ImageRequest, string?> OtherRequests => new()
    {
        { "prompt", Puppy with { Prompt = "a puppy " }, null },
        { "model", Puppy with { Model = ImageModel.NanoBananaPro }, null },
        { "size", Puppy with { Size = new ImageSize("1K") }, null },
        { "ratio", Puppy with { AspectRatio = new AspectRatio("1:1") }, null },
        { "count", Puppy with { Count = 2 }, null },
        { "type", Puppy with { TaskType = ImageTaskType.ImageToImage }, null },
        { "image", With("https://example.com/1.png"), null },
        { "variation", Puppy, "b" },
    };

    /// <summary>If the journal cannot be read, it is unknown what was charged. A quote and a list of models need no journal.</summary>
    [Theory]
    [InlineData(true, true, "unknown")]
    [InlineData(false, true, "unknown")]
    [InlineData(false, false, "no")]
    public void A_journal_that_cannot_be_read_makes_the_charge_unknown(bool isSubmission, bool isOfTask, string creditsSpent)
    {
        Exception[] failures = [new IOException("gone"), new UnauthorizedAccessException("gone")];

        Assert.All(
            failures,
            failure => Assert.Equal(
                creditsSpent, Failures.FromException(failure, isSubmission, isOfTask, new ServerSettings()).CreditsSpent));
    }

    [Theory]
    [MemberData(nameof(OtherRequests))]
    public async Task Each_difference_in_the_request_gives_another_key(string what, ImageRequest request, string? variation) =>
        Assert.True(await KeyAsync(Puppy) != await KeyAsync(request, variation), what);

    [Fact]
    public async Task The_same_request_has_the_same_key_in_any_spelling()
    {
        var key = await KeyAsync(Puppy with { Size = new ImageSize("1K") }, "b");

        Assert.Equal(
            key,
            await KeyAsync(
                Puppy with
                {
                    Size = new ImageSize("1k"),
                    Model = ImageModel.NanoBanana2,
                    MaxCredits = 7,
                    Count = null,
                    Language = ImaLanguage.Chinese,
                },
                " b "));
        Assert.Equal(await KeyAsync(Puppy), await KeyAsync(Puppy, " "));
        Assert.NotEqual(
            await KeyAsync(With("https://a.example", "https://b.example")), await KeyAsync(With("https://b.example", "https://a.example")));
        Assert.Matches("^mcp-[0-9a-f]{32}$", key);
    }

    public static TheoryData<PastSubmission[], string, bool> EarlierSubmissions() => new()
    {
        { [], "mcp-abc-1", false },
        { [new(1, TaskJournalState.Completed, 59)], "mcp-abc-1", true },
        { [new(1, TaskJournalState.Completed, 60)], "mcp-abc-2", false },
        { [new(1, TaskJournalState.Failed, 59)], "mcp-abc-1", true },
        { [new(1, TaskJournalState.Accepted, 61)], "mcp-abc-2", false },
        { [new(1, TaskJournalState.Claimed, 61)], "mcp-abc-1", true },
        { [new(1, TaskJournalState.Unknown, 6000)], "mcp-abc-1", true },
        { [new(1, TaskJournalState.Completed, -5)], "mcp-abc-1", true },
        { [new(1, TaskJournalState.Completed, 200), new(2, TaskJournalState.Completed, 59)], "mcp-abc-2", true },
        { [new(2, TaskJournalState.Completed, 59)], "mcp-abc-2", true },
        { [new(2, TaskJournalState.Completed, 60)], "mcp-abc-3", false },
        { [new(9, TaskJournalState.Completed, 90), new(10, TaskJournalState.Completed, 10)], "mcp-abc-10", true },
        { [new(1, TaskJournalState.Unknown, 90), new(2, TaskJournalState.Completed, 70)], "mcp-abc-3", false },
    };

    [Theory]
    [MemberData(nameof(EarlierSubmissions))]
    public void The_latest_submission_is_used_again_within_the_window(PastSubmission[] journal, string expected, bool isRepeated)
    {
        var choice = KeyChoice.Choose(
            [.. Entries(journal), Entry("mcp-abcd-1", 7), Entry("mcp-abc", 7), Entry("order-1", 7)], Key, Now, Hour);

        Assert.Equal((expected, isRepeated), (choice.IdempotencyKey, choice.Entry is not null));
    }

    [Theory]
    [InlineData(ImaErrorKind.NotSent, false, true, "safe")]
    [InlineData(ImaErrorKind.RateLimited, true, true, "after")]
    [InlineData(ImaErrorKind.InsufficientCredits, false, true, "after")]
    [InlineData(ImaErrorKind.InvalidRequest, false, true, "never")]
    [InlineData(ImaErrorKind.OutcomeUnknown, false, true, "never")]
    [InlineData(ImaErrorKind.OutcomeUnknown, false, false, "never")]
    [InlineData(ImaErrorKind.TimedOut, false, true, "never")]
    [InlineData(ImaErrorKind.TimedOut, false, false, "safe")]
    [InlineData(ImaErrorKind.WatchFailed, false, false, "safe")]
    [InlineData(ImaErrorKind.TaskFailed, false, false, "never")]
    public void Each_error_says_whether_the_call_may_be_repeated(ImaErrorKind kind, bool waits, bool isSubmission, string word) =>
        Assert.Equal(word, RetryWord.FromKind(kind, waits, isSubmission));

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(20, 18, 5)]
    [InlineData(20, 40, 5)]
    [InlineData(60, 0, 30)]
    [InlineData(null, 3, 5)]
    public void When_to_ask_again(int? expected, int elapsed, int seconds) => Assert.Equal(
        seconds, TaskAnswers.AskAgainIn(expected is { } known ? TimeSpan.FromSeconds(known) : null, TimeSpan.FromSeconds(elapsed)));

    [Fact]
    public void Text_with_an_incomplete_character_is_rejected_as_an_argument()
    {
        var arguments = JsonDocument.Parse("""{"prompt":"\ud800"}""").RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value));

        var error = Assert.Throws<ToolException>(
            () => ArgumentReader.Read(arguments, ServerJson.Default.GenerateArguments, new Wording(ImaLanguage.English)));

        Assert.Equal(("An argument contains an incomplete Unicode character.", "no"), (error.Facts.Reason, error.Facts.CreditsSpent));
    }

    /// <summary>A number that is not valid is reported in one line.</summary>
    [Theory]
    [InlineData("--wait", "x", "--wait takes 0 to 600.")]
    [InlineData("--wait", "601", "--wait takes 0 to 600.")]
    [InlineData("--wait", "NaN", "--wait takes 0 to 600.")]
    [InlineData("--budget", "-1", "--budget takes 0 to 1000000000.")]
    [InlineData("--inline-bytes", "1.5", "--inline-bytes takes 0 to 67108864.")]
    public void Numbers_of_the_command_line_are_checked(string option, string value, string message)
    {
        var root = new ServerCommand().Root;
        root.SetAction(_ => 0);

        Assert.Equal(message, Assert.Single(root.Parse([option, value]).Errors).Message);
    }

    /// <summary>Valid numbers are read, and missing ones have their defaults.</summary>
    [Fact]
    public void Numbers_of_the_command_line_are_read()
    {
        var command = new ServerCommand();
        var settings = command.Read(command.Root.Parse(["--wait", "2.5", "--budget", "7"]), _ => null);

        Assert.Equal((2.5, 7m, 20m), (settings.Wait.TotalSeconds, settings.Budget, settings.MaxCredits));
    }

    [Fact]
    public void Additional_models_are_read_from_the_environment()
    {
        var command = new ServerCommand();
        var settings = command.Read(
            command.Root.Parse([]), name => name == "IMA_ADDITIONAL_MODELS" ? " gemini-nano-banana-2.1,, other " : null);

        Assert.Equal(["gemini-nano-banana-2.1", "other"], settings.AdditionalModels);
        Assert.Empty(command.Read(command.Root.Parse([]), _ => null).AdditionalModels);
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation() => Assert.Equal(
        (20m, 100m, 45d, 60d, 1048576L),
        (
            new ServerSettings().MaxCredits,
            new ServerSettings().Budget,
            new ServerSettings().Wait.TotalSeconds,
            new ServerSettings().RepeatWindow.TotalMinutes,
            new ServerSettings().InlineBytes));

    private static IEnumerable<TaskJournalEntry> Entries(IEnumerable<PastSubmission> journal) =>
        journal.Select(submission => Entry($"{Key}-{submission.Number}", submission.MinutesAgo) with { State = submission.State });

    private static TaskJournalEntry Entry(string idempotencyKey, int minutesAgo) => new(idempotencyKey, "hash")
    {
        State = TaskJournalState.Completed,
        ClaimedAt = Now.AddMinutes(-minutesAgo),
        Task = new ImageTask("task_1") { CreditsPerImage = 6 },
    };

    private static Task<string> KeyAsync(ImageRequest request, string? variation = null) =>
        ContentKey.CreateAsync(request, variation, TestContext.Current.CancellationToken);

    private static ImageRequest With(params string[] images) => Puppy with { Images = [.. images.Select(ImageInput.FromUrl)] };
}
