using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ImaNanoBanana.PackageTests.Templates;

/// <summary>New apps, as a person has them after <c>dotnet new</c>.</summary>
public sealed class CreatedAppTests(CreatedApps apps) : IClassFixture<CreatedApps>
{
    private const string SaysThatItSimulates = "uses the built-in simulator. It draws placeholder images and spends no credits.";

    private static readonly string[] OfTheRepository =
        ["samples/", "docs/", "ImaNanoBanana.Studio", "ImaNanoBanana.Worker", "ImaChatBot", "ImaConsoleApp", "ClockAhead", "PACK", ">>>"];

    public static TheoryData<string> EachApp => [.. CreatedApps.Apps.Select(app => app.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Package_installs_its_four_templates() => Assert.All(
        ExpectedTemplates.ShortNames, template => Assert.Contains($" {template} ", apps.Installed, StringComparison.Ordinal));

    [Fact]
    public async Task Sdk_shows_the_template_in_Chinese() =>
        Assert.Contains("Ima 图片聊天机器人", await apps.HelpAsync("ima-bot", "zh-Hans"), StringComparison.Ordinal);

    [Fact]
    public void All_apps_build_without_a_warning() => Assert.All(
        CreatedApps.Apps, app => Assert.Contains($"{app.Name}.dll", apps.Built, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(EachApp))]
    public void App_names_nothing_of_the_repository(string name) => Assert.All(
        OfTheRepository,
        word => Assert.DoesNotContain(apps.Files(name), file => file.Text.Contains(word, StringComparison.Ordinal)));

    [Fact]
    public async Task Console_saves_an_image_of_the_simulator()
    {
        var folder = apps.CreateFolder();
        await using var console = apps.StartIn(folder, "My.Console", ["a cute puppy on grass", "--key", "puppy-1"]);

        Assert.Equal(0, await console.WaitForEndAsync());
        Assert.Contains(SaysThatItSimulates, console.Output, StringComparison.Ordinal);
        Assert.Equal((1024, 1024), PngSize(await File.ReadAllBytesAsync(Path.Combine(folder, "out", "puppy-1.png"), Token)));
    }

    [Fact]
    public async Task Console_says_what_was_charged_when_it_is_canceled_or_cannot_continue()
    {
        using var service = new ImaSimulator(new FakeTimeProvider());
        await using var server = await ImaSimulatorServer.StartAsync(service, cancellationToken: Token);
        var simulator = ("IMA_SIMULATOR", server.Address.ToString());
        await using var canceled = apps.Start("My.Console", ["a cute puppy on grass"], simulator);
        await canceled.WaitForAsync("accepted as task");
        await canceled.SignalAsync("INT");
        Assert.Equal(130, await canceled.WaitForEndAsync());
        Assert.EndsWith("Run the program again: it saves the image at no cost.", canceled.Output, StringComparison.Ordinal);

        service.Scenario.InsufficientCredits();
        await using var poor = apps.Start("My.Console", ["a cute puppy on grass"], simulator);
        Assert.Equal(1, await poor.WaitForEndAsync());
        Assert.EndsWith(
            "\nNo credits were spent. Buy credits: https://www.imaclaw.ai/imaclaw/subscription", poor.Output, StringComparison.Ordinal);
        Assert.Single(service.Charges);
    }

    [Fact]
    public async Task Console_that_was_killed_saves_its_image_at_the_next_start_without_another_charge()
    {
        var time = new FakeTimeProvider();
        using var service = new ImaSimulator(time);
        await using var server = await ImaSimulatorServer.StartAsync(service, cancellationToken: Token);
        var (folder, simulator) = (apps.CreateFolder(), ("IMA_SIMULATOR", server.Address.ToString()));
        await using var killed = apps.StartIn(folder, "My.Console", ["a cute puppy on grass", "--key", "puppy-2"], simulator);
        await killed.WaitForAsync("accepted as task");
        await killed.SignalAsync("KILL");
        await killed.WaitForEndAsync();
        time.Advance(service.ProcessingTime);

        await using var next = apps.StartIn(folder, "My.Console", [], simulator);

        Assert.Equal(0, await next.WaitForEndAsync());
        Assert.Contains("puppy-2 of an earlier run is ready.", next.Output, StringComparison.Ordinal);
        Assert.Equal((1024, 1024), PngSize(await File.ReadAllBytesAsync(Path.Combine(folder, "out", "puppy-2.png"), Token)));
        Assert.Single(service.Charges);
    }

    [Fact]
    public async Task Web_app_is_healthy_and_makes_an_image_of_an_order()
    {
        await using var web = apps.Start(
            "My.Web",
            ["--urls", "http://127.0.0.1:0"],
            ("Studio__SimulatedTime", "00:00:01"));
        var line = await web.WaitForAsync("Now listening on: ");
        using var client = new HttpClient { BaseAddress = new Uri(line[line.IndexOf("http:", StringComparison.Ordinal)..]) };

        Assert.Equal("Healthy", await client.GetStringAsync("/health", Token));
        Assert.Contains("<!DOCTYPE html>", await client.GetStringAsync("/", Token), StringComparison.OrdinalIgnoreCase);
        using var order = new HttpRequestMessage(HttpMethod.Post, "/images");
        order.Content = JsonContent.Create(new { prompt = "a cute puppy on grass" });
        order.Headers.Add("Idempotency-Key", "order-00001");
        using var answer = await client.SendAsync(order, Token);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        // The events of an image end with the image.
        await client.GetStringAsync($"{answer.Headers.Location}/events", Token);
        using var image = JsonDocument.Parse(await client.GetStringAsync(answer.Headers.Location, Token));
        Assert.Equal("finished", image.RootElement.GetProperty("state").GetString());
        Assert.Equal(1, image.RootElement.GetProperty("files").GetArrayLength());
        await web.SignalAsync("INT");
        Assert.Equal(0, await web.WaitForEndAsync());
        Assert.Contains("The app uses the simulator", web.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("My.Worker", 2, "--help")]
    [InlineData("My.Worker", 1, "enqueue", "-")]
    [InlineData("图片-worker", 1, "run")]
    public async Task Worker_without_a_database_says_what_it_needs(string name, int code, params string[] words)
    {
        await using var worker = apps.Start(name, words);
        worker.EndInput();

        Assert.Equal(code, await worker.WaitForEndAsync());
        Assert.Contains("environment variable ConnectionStrings__Images", worker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bot_answers_in_the_language_of_each_message_and_ends_with_its_input()
    {
        await using var bot = apps.Start("My.Bot", []);
        await bot.WriteAsync("a cute puppy on grass, 4K, landscape");
        await bot.WriteAsync("用Pro画一只小狗，竖图");
        bot.EndInput();

        Assert.Equal(0, await bot.WaitForEndAsync());
        Assert.Contains(SaysThatItSimulates, bot.Output, StringComparison.Ordinal);
        Assert.Contains("• Credits: 13 pts\n🔗 Original link: https://", bot.Output, StringComparison.Ordinal);
        Assert.Contains("• 消耗积分：10 pts\n🔗 原始链接：https://", bot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bot_that_was_stopped_delivers_its_image_at_the_next_start_without_another_charge()
    {
        var time = new FakeTimeProvider();
        using var service = new ImaSimulator(time);
        await using var server = await ImaSimulatorServer.StartAsync(service, cancellationToken: Token);
        var (folder, simulator) = (apps.CreateFolder(), ("IMA_SIMULATOR", server.Address.ToString()));
        await using var stopped = apps.StartIn(folder, "My.Bot", [], simulator);
        await stopped.WriteAsync("一只小狗");
        await stopped.WaitForAsync("ended as Accepted");
        await stopped.SignalAsync("INT");
        Assert.Equal(0, await stopped.WaitForEndAsync());
        Assert.DoesNotContain("🔗", stopped.Output, StringComparison.Ordinal);
        time.Advance(service.ProcessingTime);

        await using var next = apps.StartIn(folder, "My.Bot", [], simulator);
        next.EndInput();

        Assert.Equal(0, await next.WaitForEndAsync());
        Assert.Contains("之前的图片已生成。\n🔗 https://", next.Output, StringComparison.Ordinal);
        Assert.Single(service.Charges);
    }

    private static (int Width, int Height) PngSize(ReadOnlySpan<byte> png)
    {
        Assert.True(png[1..].StartsWith("PNG\r\n\x1A\n"u8), "The file is not a PNG.");
        return (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));
    }
}
