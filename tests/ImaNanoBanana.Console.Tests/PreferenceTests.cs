using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ImaNanoBanana.Cli.Preferences;
using ImaNanoBanana.Tests;

namespace ImaNanoBanana.Console.Tests;

public sealed class PreferenceTests : IDisposable
{
    private readonly CliRun _ima = new();

    private static ImageTask Submitted => new("task-1") { Model = ImageModel.NanoBananaPro, TaskType = ImageTaskType.TextToImage };

    private string File => FileOf(_ima);

    private string SimulatorFile => Path.Combine(_ima.Data, "ima-nano-banana", "prefs-simulator.json");

    [Fact]
    public async Task The_model_of_the_last_success_is_used_again_and_reported()
    {
        await _ima.RunAsync("generate", "a puppy", "--model", "pro", "--user-id", "7", "--remember-model");

        await _ima.RunAsync("generate", "a puppy", "--user-id", "7", "--remember-model", "--json");

        Assert.Contains("Model: gemini-3-pro-image, as last time", _ima.Error, StringComparison.Ordinal);
        Assert.Equal([10m, 10m], _ima.Service.Charges.Select(charge => charge.Credits));
        var kept = JsonNode.Parse(
            await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken))!["user_7"]!["text_to_image"]!;
        Assert.Equal("gemini-3-pro-image", (string?)kept["model_id"]);
        Assert.Equal("Nano Banana Pro", (string?)kept["model_name"]);
        Assert.Equal(10, (int)kept["credit"]!);
        Assert.StartsWith("2026-05-01T12:00:", (string?)kept["last_used"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explicit_model_takes_precedence_and_other_users_and_kinds_have_their_own()
    {
        await _ima.RunAsync("--prompt", "a puppy", "--model", "pro", "--user-id", "7");

        await _ima.RunAsync("--prompt", "a puppy", "--user-id", "7");
        await _ima.RunAsync("--prompt", "a puppy", "--user-id", "8");
        await _ima.RunAsync("--prompt", "a puppy", "--input-images", "https://example.com/1.png", "--user-id", "7");
        await _ima.RunAsync("--prompt", "a puppy", "--user-id", "7", "--model", "nb2");

        Assert.Equal([10m, 10m, 6m, 6m, 6m], _ima.Service.Charges.Select(charge => charge.Credits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("""{"user_7":"odd"}""")]
    [InlineData("""{"user_7":{"text_to_image":"odd"}}""")]
    [InlineData("""{"user_7":{},"user_7":{}}""")]
    [InlineData("""{"user_7":{"text_to_image":{},"text_to_image":{}}}""")]
    public async Task A_broken_or_foreign_file_is_never_changed(string text)
    {
        await WriteAsync(_ima, text);

        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy", "--user-id", "7"));

        Assert.Equal(6, Assert.Single(_ima.Service.Charges).Credits);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
        Assert.Contains($"the model was not remembered, because {File}", _ima.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_7":{"text_to_image":{"model_id":"doubao-seedream-4.5"}}}""")]
    [InlineData("""{"user_7":{"text_to_image":{"model_id":5}}}""")]
    [InlineData("""{"user_7":{"text_to_image":null}}""")]
    public async Task A_preference_that_cannot_be_used_is_replaced(string text)
    {
        await WriteAsync(_ima, text);

        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy", "--user-id", "7"));

        Assert.Equal(6, Assert.Single(_ima.Service.Charges).Credits);
        Assert.Equal(
            "gemini-3.1-flash-image",
            (string?)JsonNode.Parse(
                await System.IO.File.ReadAllTextAsync(
                    File, TestContext.Current.CancellationToken))!["user_7"]!["text_to_image"]!["model_id"]);
    }

    [Fact]
    public async Task Other_entries_are_kept()
    {
        await WriteAsync(
            _ima, """{"version":3,"user_7":{"text_to_video":{"model_id":"v"},"note":"好"},"user_9":{"image_to_image":{"model_id":"m"}}}""");

        await _ima.RunAsync("--prompt", "a puppy", "--user-id", "7");

        var kept = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken))!;
        Assert.Equal(3, (int)kept["version"]!);
        Assert.Equal("v", (string?)kept["user_7"]!["text_to_video"]!["model_id"]);
        Assert.Equal("好", (string?)kept["user_7"]!["note"]);
        Assert.Equal("m", (string?)kept["user_9"]!["image_to_image"]!["model_id"]);
        Assert.Equal(
            ["ima_prefs.json", "ima_prefs.json.lock"], Directory.GetFiles(Path.GetDirectoryName(File)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_not_overwritten()
    {
        const string Others = """{"user_9":{"image_to_image":{"model_id":"m"}}}""";
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, Others, TestContext.Current.CancellationToken);
        await using (new FileStream(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy"));
        }

        Assert.Single(_ima.Service.Charges);
        Assert.Equal(Others, await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    /// <summary>The lock is a system lock on the open file, so two processes behave the same as two of these objects.</summary>
    [Fact]
    public async Task A_writer_waits_for_another_and_keeps_its_entry()
    {
        var time = new TestTimeProvider();
        Task<bool> keeping;
        await using (Locked())
        {
            keeping = new FileModelPreferences(File, time).KeepAsync("7", Submitted, TestContext.Current.CancellationToken);
            Assert.False(keeping.IsCompleted);
            await System.IO.File.WriteAllTextAsync(
                File,
                """{"user_9":{"image_to_image":{"model_id":"m"}}}""",
                TestContext.Current.CancellationToken);
        }

        await time.RunAsync(keeping, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.True(await keeping);
        var kept = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken))!.AsObject();
        Assert.Equal(["user_7", "user_9"], kept.Select(user => user.Key).Order());
    }

    [Fact]
    public async Task A_lock_that_is_never_released_loses_only_the_preference()
    {
        await using var other = Locked();

        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy"));

        Assert.False(System.IO.File.Exists(File));
        Assert.Contains(
            "The model preference could not be saved.",
            await System.IO.File.ReadAllTextAsync(Log("2026-05-01"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulator_has_preferences_of_its_own()
    {
        await _ima.RunAsync("--prompt", "a puppy", "--model", "pro", "--simulate");

        Assert.False(System.IO.File.Exists(File));
        Assert.True(System.IO.File.Exists(SimulatorFile));
        await _ima.RunAsync("--prompt", "a puppy", "--simulate", "--json");
        Assert.Equal("gemini-3-pro-image", (string?)JsonNode.Parse(_ima.Out)!["model_id"]);
        await _ima.RunAsync("--prompt", "a puppy", "--json");
        Assert.Equal("gemini-3.1-flash-image", (string?)JsonNode.Parse(_ima.Out)!["model_id"]);
    }

    [Fact]
    public async Task A_version_and_a_command_read_no_preference()
    {
        await _ima.RunAsync("--prompt", "a puppy", "--model", "pro");

        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy", "--version-id", "gemini-3.1-flash-image-preview", "--json"));
        Assert.Equal("gemini-3.1-flash-image", (string?)JsonNode.Parse(_ima.Out)!["model_id"]);
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--user-id", "default", "--json"));
        Assert.Equal("gemini-3.1-flash-image", (string?)JsonNode.Parse(_ima.Out)!["model_id"]);
        Assert.Contains("--user-id has an effect only with --remember-model", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_shows_the_price_of_the_remembered_model()
    {
        await _ima.RunAsync("generate", "a puppy", "--model", "pro", "--remember-model");

        Assert.Equal(0, await _ima.RunAsync("quote", "--remember-model", "--json"));

        Assert.Equal(10, (int)JsonNode.Parse(_ima.Out)!["credit"]!);
    }

    [Fact]
    public async Task A_failure_and_a_command_leave_no_preference()
    {
        await _ima.RunAsync("--prompt", "a puppy", "--model", "pro", "--max-credits", "1");
        await _ima.RunAsync("generate", "a puppy", "--model", "pro");

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_link_and_the_mode_of_the_file_are_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var target = Path.Combine(_ima.Home, "prefs.json");
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(target, "{}", TestContext.Current.CancellationToken);
        System.IO.File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        System.IO.File.CreateSymbolicLink(File, target);

        Assert.Equal(0, await _ima.RunAsync("--prompt", "a puppy"));

        Assert.NotNull(new FileInfo(File).LinkTarget);
        Assert.Contains(
            "user_default",
            await System.IO.File.ReadAllTextAsync(target, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task The_log_has_the_outcome_and_neither_key_nor_prompt()
    {
        await _ima.RunAsync("generate", "a secret puppy");

        var log = await System.IO.File.ReadAllTextAsync(Log("2026-05-01"), TestContext.Current.CancellationToken);
        Assert.Contains("generate ended with exit code 0", log, StringComparison.Ordinal);
        Assert.Contains("task task_sim_000001 of gemini-3.1-flash-image is ready, 6 credits", log, StringComparison.Ordinal);
        Assert.DoesNotContain("secret puppy", log, StringComparison.Ordinal);
        Assert.DoesNotContain(CliRun.Key, log, StringComparison.Ordinal);

        await _ima.RunAsync("generate", $"a secret puppy {CliRun.Key}", "--log-prompts");

        log = await System.IO.File.ReadAllTextAsync(Log("2026-05-01"), TestContext.Current.CancellationToken);
        Assert.Contains("prompt: a secret puppy ***", log, StringComparison.Ordinal);
        Assert.DoesNotContain(CliRun.Key, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_are_kept_for_seven_days_and_others_are_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Log("x"))!);
        string[] there = [Log("2026-04-24"), Log("2026-04-25"), Path.Combine(Path.GetDirectoryName(Log("x"))!, "ima_create_20200101.log")];
        foreach (var file in there)
        {
            await System.IO.File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        }

        await _ima.RunAsync("models");

        Assert.Equal([false, true, true], there.Select(System.IO.File.Exists));
        Assert.True(System.IO.File.Exists(Log("2026-05-01")));
    }

    public void Dispose() => _ima.Dispose();

    internal static string FileOf(CliRun ima) => Path.Combine(ima.Home, ".openclaw", "memory", "ima_prefs.json");

    internal static Task WriteAsync(CliRun ima, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(ima))!);
        return System.IO.File.WriteAllTextAsync(FileOf(ima), text, TestContext.Current.CancellationToken);
    }

    /// <summary>Holds the file as another program does while it writes.</summary>
    private FileStream Locked()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        return new FileStream(File + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private string Log(string day) => Path.Combine(_ima.Home, ".openclaw", "logs", "ima_skills", $"ima_cli_{day}.log");
}
