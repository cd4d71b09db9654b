using System.Text.Json;
using ImaNanoBanana.Mcp;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Orders;
using ImaNanoBanana.Mcp.Tools;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>The decisions about money and files, without a process.</summary>
public sealed class RuleTests
{
    private const string Key = "mcp-abc";

    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly ImageRequest Puppy = new("a puppy") { TaskType = ImageTaskType.TextToImage, Count = 1 };

    public static TheoryData<string, ImageRequest, string[], string?> OtherWishes => new()
    {
        { "prompt", Puppy with { Prompt = "a puppy " }, [], null },
        { "model", Puppy with { Model = ImageModel.NanoBananaPro }, [], null },
        { "size", Puppy with { Size = new ImageSize("1K") }, [], null },
        { "ratio", Puppy with { AspectRatio = new AspectRatio("1:1") }, [], null },
        { "count", Puppy with { Count = 2 }, [], null },
        { "type", Puppy with { TaskType = ImageTaskType.ImageToImage }, [], null },
        { "image", Puppy, ["https://example.com/1.png"], null },
        { "variation", Puppy, [], "b" },
    };

    /// <summary>A journal that cannot be read says nothing of what was bought; a price and a list need none.</summary>
    [Theory]
    [InlineData(true, true, "unknown")]
    [InlineData(false, true, "unknown")]
    [InlineData(false, false, "no")]
    public void A_file_that_cannot_be_read_hides_what_was_bought(bool isOrder, bool isOfTask, string creditsSpent)
    {
        Exception[] failures = [new IOException("gone"), new UnauthorizedAccessException("gone")];

        Assert.All(failures, failure => Assert.Equal(creditsSpent, Failures.Of(failure, isOrder, isOfTask, new Wording(ImaLanguage.English)).CreditsSpent));
    }

    [Theory]
    [MemberData(nameof(OtherWishes))]
    public void Whatever_is_asked_for_otherwise_has_another_key(string what, ImageRequest request, string[] images, string? variation) =>
        Assert.True(OrderKey.Of(Puppy, [], null) != OrderKey.Of(request, images, variation), what);

    [Fact]
    public void The_same_wish_has_the_same_key_however_it_is_written()
    {
        var key = OrderKey.Of(Puppy with { Size = new ImageSize("1K") }, [], "b");

        Assert.Equal(key, OrderKey.Of(Puppy with { Size = new ImageSize("1k"), Model = ImageModel.NanoBanana2, MaxCredits = 7, Count = null, Language = ImaLanguage.Chinese }, [], " b "));
        Assert.Equal(OrderKey.Of(Puppy, [], null), OrderKey.Of(Puppy, [], " "));
        Assert.NotEqual(OrderKey.Of(Puppy, ["a", "b"], null), OrderKey.Of(Puppy, ["b", "a"], null));
        Assert.NotEqual(OrderKey.Of(Puppy, ["ab", "c"], null), OrderKey.Of(Puppy, ["a", "bc"], null));
        Assert.Matches("^mcp-[0-9a-f]{32}$", key);
    }

    [Theory]
    [InlineData("", "mcp-abc-1", false)]
    [InlineData("1:Completed:59", "mcp-abc-1", true)]
    [InlineData("1:Completed:60", "mcp-abc-2", false)]
    [InlineData("1:Failed:59", "mcp-abc-1", true)]
    [InlineData("1:Accepted:61", "mcp-abc-2", false)]
    [InlineData("1:Claimed:61", "mcp-abc-1", true)]
    [InlineData("1:Unknown:6000", "mcp-abc-1", true)]
    [InlineData("1:Completed:-5", "mcp-abc-1", true)]
    [InlineData("1:Completed:200 2:Completed:59", "mcp-abc-2", true)]
    [InlineData("2:Completed:59", "mcp-abc-2", true)]
    [InlineData("2:Completed:60", "mcp-abc-3", false)]
    [InlineData("9:Completed:90 10:Completed:10", "mcp-abc-10", true)]
    [InlineData("1:Unknown:90 2:Completed:70", "mcp-abc-3", false)]
    public void The_youngest_order_is_used_again_within_the_window(string journal, string expected, bool isRepeated)
    {
        var choice = OrderChoice.Of([.. Entries(journal), Entry("mcp-abcd-1", 7), Entry("mcp-abc", 7), Entry("order-1", 7)], Key, Now, Hour);

        Assert.Equal((expected, isRepeated), (choice.OperationKey, choice.Entry is not null));
    }

    [Theory]
    [InlineData("", "", 0, 100, null)]
    [InlineData("1:Completed:60", "", 0, 94, 23 * 60)]
    [InlineData("1:Completed:1439 2:Completed:60", "", 0, 88, 1)]
    [InlineData("1:Completed:1440", "", 0, 100, null)]
    [InlineData("1:Failed:5 2:Unknown:5 3:Claimed:5 4:Accepted:5", "", 0, 76, 1435)]
    [InlineData("1:Claimed:5", "mcp-abc-1", 6, 94, null)]
    [InlineData("1:Completed:-5", "", 0, 94, 1445)]
    [InlineData("1:Completed:5", "", 200, 0, 1435)]
    public void What_is_left_of_the_budget(string journal, string running, int held, int left, int? freesInMinutes)
    {
        var spending = Spending.Of([.. Entries(journal), Entry("order-1", 7)], running.Split(' ').ToHashSet(), held, 100, Now);

        Assert.Equal(left, spending.Left);
        Assert.Equal(freesInMinutes is { } minutes ? Now.AddMinutes(minutes) : null, spending.FreesAt);
    }

    [Theory]
    [InlineData("1:Completed:60 2:Completed:30", 0, 12, 6, 1380)]
    [InlineData("1:Completed:60 2:Completed:30", 0, 12, 12, 1410)]
    [InlineData("2:Completed:30 1:Completed:60", 0, 13, 6, 1380)]
    [InlineData("1:Completed:60", 0, 6, 7, null)]
    [InlineData("", 6, 6, 6, null)]
    public void When_a_price_has_room_again(string journal, int held, int limit, int price, int? inMinutes) => Assert.Equal(
        inMinutes is { } minutes ? Now.AddMinutes(minutes) : null,
        Spending.LeavesRoomAt(Entries(journal), new HashSet<string>(), held, limit, price, Now));

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
    public void What_may_be_repeated(ImaErrorKind kind, bool waits, bool isOrder, string word) => Assert.Equal(word, RetryWord.Of(kind, waits, isOrder));

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(20, 18, 5)]
    [InlineData(20, 40, 5)]
    [InlineData(60, 0, 30)]
    [InlineData(null, 3, 5)]
    public void When_to_ask_again(int? expected, int elapsed, int seconds) => Assert.Equal(
        seconds, TaskAnswers.AskAgainIn(expected is { } known ? TimeSpan.FromSeconds(known) : null, TimeSpan.FromSeconds(elapsed)));

    [Fact]
    public void Text_that_is_none_is_refused_as_an_argument()
    {
        var arguments = JsonDocument.Parse("""{"prompt":"\ud800"}""").RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value));

        var error = Assert.Throws<ToolException>(() => ArgumentReader.Read(arguments, ServerJson.Default.GenerateArguments, new Wording(ImaLanguage.English)));

        Assert.Equal(("An argument holds half of a character.", "no"), (error.Facts.Reason, error.Facts.CreditsSpent));
    }

    /// <summary>H5. A number that cannot be one is named in one line.</summary>
    [Theory]
    [InlineData("--wait", "x", "--wait takes 0 to 600.")]
    [InlineData("--wait", "601", "--wait takes 0 to 600.")]
    [InlineData("--wait", "NaN", "--wait takes 0 to 600.")]
    [InlineData("--budget", "-1", "--budget takes 0 to 1000000000.")]
    [InlineData("--inline-bytes", "1.5", "--inline-bytes takes 0 to 67108864.")]
    public void Numbers_of_the_command_line_are_checked(string option, string value, string message) =>
        Assert.Equal(message, Assert.Single(new ServerCommand().Root.Parse([option, value]).Errors).Message);

    /// <summary>H5. Numbers that can be used, and those that are not given, are read.</summary>
    [Fact]
    public void Numbers_of_the_command_line_are_read()
    {
        var command = new ServerCommand();
        var settings = command.Read(command.Root.Parse(["--wait", "2.5", "--budget", "7"]), _ => null);

        Assert.Equal((2.5, 7m, 20m), (settings.Wait.TotalSeconds, settings.Budget, settings.MaxCredits));
    }

    [Fact]
    public void The_defaults_are_those_of_the_documentation() => Assert.Equal(
        (20m, 100m, 45d, 60d, 1048576L),
        (new ServerSettings().MaxCredits, new ServerSettings().Budget, new ServerSettings().Wait.TotalSeconds, new ServerSettings().RepeatWindow.TotalMinutes, new ServerSettings().InlineBytes));

    /// <param name="journal">Of each order <c>number:state:minutes ago</c>; each costs 6 credits.</param>
    private static IEnumerable<JournalEntry> Entries(string journal) => journal.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(order =>
    {
        var parts = order.Split(':');
        var minutes = int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
        return Entry($"{Key}-{parts[0]}", minutes) with { State = Enum.Parse<JournalState>(parts[1]) };
    });

    private static JournalEntry Entry(string operationKey, int minutesAgo) => new(operationKey, "hash")
    {
        State = JournalState.Completed,
        ClaimedAt = Now.AddMinutes(-minutesAgo),
        Task = new ImageTask("task_1") { CreditsPerImage = 6 },
    };
}
