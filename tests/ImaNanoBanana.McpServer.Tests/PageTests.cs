using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using ImaNanoBanana.Mcp.Http;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;
using ImaNanoBanana.Tests.Docs;
using ModelContextProtocol.Client;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>The commands and registrations in docs/agents.md and in the skill work as written.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    private static MarkdownPage Agents { get; } = MarkdownPage.Read("docs/agents.md");

    private static MarkdownPage Skill { get; } = MarkdownPage.Read("samples/skill/ima-nano-banana/SKILL.md");

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Every_registration_starts_a_server()
    {
        var registrations = Blocks(Agents, "json")
            .Select(block => JsonDocument.Parse(block).RootElement)
            .Where(block => block.ValueKind == JsonValueKind.Object)
            .SelectMany(
                block => new[] { "mcpServers", "servers" }.Where(name => block.TryGetProperty(name, out _)).Select(block.GetProperty))
            .SelectMany(servers => servers.EnumerateObject().Select(server => server.Value))
            .ToList();

        Assert.Equal(3, registrations.Count);
        foreach (var registration in registrations)
        {
            Assert.Equal("ima-mcp", registration.GetProperty("command").GetString());
            var client = await _shop.ConnectAsync([.. registration.GetProperty("args").EnumerateArray().Select(arg => arg.GetString()!)]);
            Assert.Equal(5, (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Count);
        }
    }

    [Fact]
    public async Task The_answer_on_the_page_has_the_members_of_a_real_answer()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        var client = await _shop.ConnectAsync("--wait", "0.3");
        var shown = JsonDocument.Parse(
            Blocks(Agents, "json").Single(block => block.Contains("\"status\"", StringComparison.Ordinal))).RootElement;

        var answer = await client.GenerateAsync("a puppy");
        while (answer.Word("percent") is null)
        {
            // On a busy machine, submitting took all the time of the call.
            answer = await client.GenerateAsync("a puppy");
        }

        var real = answer.Json();

        Assert.Empty(shown.EnumerateObject().Select(member => member.Name).Except(real.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("task_1", ImageTask.FromHandle(shown.GetProperty("handle").GetString()!).Id);
    }

    [Fact]
    public async Task The_users_on_the_page_are_read()
    {
        var path = Path.Combine(_shop.Folder, "users.json");
        await File.WriteAllTextAsync(
            path,
            Blocks(Agents, "json").Single(block => block.Contains("token_sha256", StringComparison.Ordinal)),
            TestContext.Current.CancellationToken);

        Assert.Equal(
            [("anna", 50m, null), ("ben", 200m, (decimal?)20m)],
            UserFile.Read(path).Select(user => (user.Name, user.Budget!.Value, user.MaxCredits)));
    }

    /// <summary>There may be no container program on this machine, but what the file copies, publishes and starts must exist.</summary>
    [Fact]
    public async Task The_container_file_publishes_this_project_and_starts_it_with_options_that_exist()
    {
        var lines = await File.ReadAllLinesAsync(
            Path.Combine(RepositoryRoot.Path, "samples/ImaNanoBanana.McpServer/Containerfile"), TestContext.Current.CancellationToken);
        var publish = Assert.Single(lines, line => line.StartsWith("RUN dotnet publish ", StringComparison.Ordinal)).Split(' ');
        var start = JsonSerializer.Deserialize<string[]>(
            Assert.Single(lines, line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])!;
        await using var help = new ServerProcess(_shop, "--help");
        var text = await help.Output.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.True(Directory.Exists(Path.Combine(RepositoryRoot.Path, publish[3])), publish[3]);
        Assert.Equal("/app/" + Path.GetFileNameWithoutExtension(ServerProcess.Program), start[0]);
        Assert.All(
            start.Where(word => word.StartsWith("--", StringComparison.Ordinal)),
            option => Assert.Contains(option, text, StringComparison.Ordinal));
        Assert.All(
            lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)),
            line => Assert.DoesNotContain('.', line));
    }

    [Fact]
    public async Task The_table_of_options_lists_the_options_of_the_server()
    {
        await using var help = new ServerProcess(_shop, "--help");
        var text = await help.Output.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.All(
            Agents.InlineCodes.Where(code => code.StartsWith("--", StringComparison.Ordinal)).Select(code => code.Split(' ')[0]).Distinct(),
            option => Assert.Contains(option, text, StringComparison.Ordinal));
        Assert.Contains("[default: 20]", text, StringComparison.Ordinal);
        var defaults = Agents.TableWith("option").ToDictionary(row => row["option"].Text, row => row["default"].Text);
        Assert.Equal(("20", "100", "60"), (defaults["--max-credits N"], defaults["--budget N"], defaults["--repeat-window MINUTES"]));
    }

    [Fact]
    public void The_description_of_the_package_has_its_version()
    {
        var server = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(RepositoryRoot.Path, "samples", "ImaNanoBanana.McpServer", ".mcp", "server.json"))).RootElement;
        var version = typeof(Mcp.ServerSettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

        Assert.Equal(
            (version, version),
            (server.GetProperty("version").GetString(), server.GetProperty("packages")[0].GetProperty("version").GetString()));
        Assert.Equal("ImaNanoBanana.McpServer", server.GetProperty("packages")[0].GetProperty("identifier").GetString());
        // The schema that the file names allows no more.
        Assert.InRange(server.GetProperty("description").GetString()!.Length, 1, 100);
    }

    [Fact]
    public void The_skill_has_the_front_matter_that_platforms_require()
    {
        var skill = File.ReadAllText(Path.Combine(RepositoryRoot.Path, Skill.Path));
        var front = skill.Split("---\n")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != ' ').ToDictionary(
            line => line.Split(':')[0], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());

        Assert.Equal(["compatibility", "description", "license", "metadata", "name"], front.Keys.Order());
        Assert.InRange(front["compatibility"].Length, 1, 500);
        Assert.Equal("ima-nano-banana", front["name"]);
        Assert.InRange(front["description"].Length, 100, 1024);
        Assert.DoesNotContain(':', front["description"]);
        Assert.True(skill.Split('\n').Length < 500);
    }

    [Fact]
    public async Task The_errors_of_the_skill_have_the_words_of_the_SDK()
    {
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, new ImaImageClientServices { PrimaryHandler = Service });
        var errors = new Dictionary<string, ImaException>
        {
            ["http://"] = await RefusedAsync(new ImageRequest("a") { Images = [ImageInput.FromUrl("http://example.com/a.png")] }),
            ["no source image"] = await RefusedAsync(new ImageRequest("a") { TaskType = ImageTaskType.ImageToImage }),
            ["4014"] = new(ImaErrorKind.Rejected, "text") { Code = 4014 },
            ["429"] = new(ImaErrorKind.RateLimited, "text") { RetryAfter = TimeSpan.FromHours(2) },
            ["outcome unknown"] = new(ImaErrorKind.OutcomeUnknown, "text"),
        };
        var rows = Skill.TableWith("error");

        Assert.Equal(errors.Keys, rows.Select(row => row["error"].Text));
        foreach (var row in rows)
        {
            var (english, chinese) = (
                errors[row["error"].Text].GetAdvice(ImaLanguage.English), errors[row["error"].Text].GetAdvice(ImaLanguage.Chinese));
            Assert.Equal($"{english.Reason} / {english.Suggestion}", row["English"].Text);
            Assert.Equal($"{chinese.Reason} / {chinese.Suggestion}", row["中文"].Text);
        }

        Task<ImaException> RefusedAsync(ImageRequest request) => Assert.ThrowsAsync<ImaException>(
            () => client.SubmitAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_calls_of_the_skill_are_answered()
    {
        var client = await _shop.ConnectAsync();

        var calls = Blocks(Skill, "json").Select(block => JsonDocument.Parse(block).RootElement).ToList();
        foreach (var call in calls)
        {
            Assert.Equal(
                "ready", (await client.CallAsync(call.GetProperty("tool").GetString()!, call.GetProperty("arguments"))).Word("status"));
        }

        Assert.Equal(["generate_image", "edit_image", "get_image_task"], calls.Select(call => call.GetProperty("tool").GetString()));
        Service.Ledger.ShouldHaveCharged(12);
    }

    [Fact]
    public async Task The_commands_of_the_skill_run_and_print_its_messages()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "They are for a shell.");
        await File.WriteAllBytesAsync(Path.Combine(_shop.Folder, "photo.jpg"), FileTests.OnePixel, TestContext.Current.CancellationToken);
        var said = "";
        foreach (var command in Blocks(Skill, "sh").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            said += await RunAsync(command);
        }

        // The second submission with the key chat-4711 returns the first task.
        Service.Ledger.ShouldHaveCharged(12);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(_shop.Folder, "pictures")));
        var rows = Skill.TableWith("step");
        Assert.Equal(5, rows.Count);
        foreach (
            var text in rows.Where(row => row["step"].Text is "0" or "1" or "3").SelectMany(
                row => $"{row["English"]} / {row["中文"]}".Split(" / ")))
        {
            Assert.Contains(text.Split('{')[0], said, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Blocks(MarkdownPage page, string language) =>
        page.Blocks.Where(block => block.Language == language).Select(block => block.Text);

    private async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo(
            "bash", ["-c", $"ima() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "ima.dll")}' \"$@\"; }}; {command}"])
        {
            WorkingDirectory = _shop.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _shop.Environment())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{command}\n{await errors}");
        return output;
    }
}
