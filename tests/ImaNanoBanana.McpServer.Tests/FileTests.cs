using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>An agent can upload the images that the person allowed, and no other file.</summary>
public sealed class FileTests : IAsyncLifetime
{
    internal static readonly byte[] OnePixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    private string Inside => Directory.CreateDirectory(Path.Combine(_shop.Folder, "allowed")).FullName;

    private string Outside => Directory.CreateDirectory(Path.Combine(_shop.Folder, "private")).FullName;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        await File.WriteAllBytesAsync(Path.Combine(Inside, "photo.png"), OnePixel);
        await File.WriteAllBytesAsync(Path.Combine(Outside, "diary.png"), OnePixel);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Only_files_below_an_allowed_folder_are_uploaded()
    {
        File.CreateSymbolicLink(Path.Combine(Inside, "link.png"), Path.Combine(Outside, "diary.png"));
        Directory.CreateSymbolicLink(Path.Combine(Inside, "folder"), Outside);
        var client = await _shop.ConnectAsync("--files", Inside);

        string[] refused =
        [
            Path.Combine(Outside, "diary.png"), "../private/diary.png", Path.Combine(
                Inside, "..", "private", "diary.png"), "link.png", "folder/diary.png",
            new Uri(Path.Combine(Outside, "diary.png")).AbsoluteUri, Path.Combine(Outside, "no-such-file.png"), Inside
                + "2/photo.png", "/dev/zero",
        ];
        foreach (var image in refused)
        {
            var result = await EditAsync(client, image);
            Assert.Equal(
                (true, "InvalidRequest", "no", "after"),
                (result.IsError, result.Word("error", "kind"), result.Word("error", "credits_spent"), result.Word("error", "retry")));
            Assert.Equal(
                $"This server may not read '{image}': it is not in an allowed folder. Nothing was uploaded and nothing was submitted.",
                result.Word("error", "reason"));
            Assert.Equal(
                "Ask the person to start the server with --files FOLDER, or pass an https URL.", result.Word("error", "suggestion"));
        }

        Assert.Empty(Service.Requests);
        Assert.Equal("'missing.png': There is no such file.", (await EditAsync(client, "missing.png")).Word("error", "reason"));

        Assert.Equal("ready", (await EditAsync(client, Path.Combine(Inside, "photo.png"))).Word("status"));
        Assert.Equal("True", (await EditAsync(client, "photo.png")).Word("already_submitted"));
        Assert.Equal("True", (await EditAsync(client, new Uri(Path.Combine(Inside, "photo.png")).AbsoluteUri)).Word("already_submitted"));
        Service.Ledger.ShouldHaveCharged(6);
        Assert.Equal("ready", (await EditAsync(client, "https://example.com/photo.png")).Word("status"));
        Service.Ledger.ShouldHaveCharged(12);
        Assert.Empty(Service.Violations);
        Assert.Empty(Service.Differences);
    }

    [Fact]
    public async Task Without_allowed_folders_no_file_is_read_not_even_for_a_quote()
    {
        var client = await _shop.ConnectAsync();

        Assert.Equal("after", (await EditAsync(client, Path.Combine(Inside, "photo.png"))).Word("error", "retry"));
        Assert.Equal(
            "after",
            (await client.CallAsync("quote_image", null, ("images", new[] { Path.Combine(Inside, "photo.png") }))).Word("error", "retry"));
        Assert.Empty(Service.Requests);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task The_clients_roots_are_allowed(string protocol)
    {
        var options = new McpClientOptions
        {
            ProtocolVersion = protocol,
            Handlers = new McpClientHandlers
            {
                RootsHandler = (_, _) =>
                    ValueTask.FromResult(
                        new ListRootsResult
                        {
                            Roots = [
                            new Root { Uri = new Uri(Inside).AbsoluteUri },
                            new Root { Uri = "https://example.com/" },
                        ]
                        }),
            },
        };
        var client = await _shop.ConnectAsync(options);

        Assert.Equal("ready", (await EditAsync(client, Path.Combine(Inside, "photo.png"))).Word("status"));
        Assert.Equal("after", (await EditAsync(client, Path.Combine(Outside, "diary.png"))).Word("error", "retry"));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task The_same_name_with_other_bytes_is_another_request()
    {
        var client = await _shop.ConnectAsync("--files", Inside);

        await EditAsync(client, "photo.png");
        await File.WriteAllBytesAsync(Path.Combine(Inside, "photo.png"), [.. OnePixel, 0], TestContext.Current.CancellationToken);
        var second = await EditAsync(client, "photo.png");

        Assert.Equal("False", second.Word("already_submitted"));
        Service.Ledger.ShouldHaveCharged(12);
    }

    /// <summary>A file that could block the server or be an image from another folder is rejected at once.</summary>
    [Fact]
    public async Task Pipes_and_hard_links_are_rejected()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are those of Linux.");
        await MakeAsync("mkfifo", Path.Combine(Inside, "pipe.png"));
        await MakeAsync("ln", Path.Combine(Outside, "diary.png"), Path.Combine(Inside, "twin.png"));
        var client = await _shop.ConnectAsync("--files", Inside);

        Assert.Equal(
            "'pipe.png': It is a named pipe, not a regular file.", (await EditAsync(client, "pipe.png")).Word("error", "reason"));
        Assert.StartsWith(
            "'twin.png': It has more than one name (hard links)",
            (await EditAsync(client, "twin.png")).Word("error", "reason"),
            StringComparison.Ordinal);
        Assert.Empty(Service.Requests);
    }

    private static async Task MakeAsync(string command, params string[] paths)
    {
        using var process = System.Diagnostics.Process.Start(command, paths);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static Task<CallToolResult> EditAsync(McpClient client, string image) =>
        client.CallAsync("edit_image", null, ("prompt", "an oil painting"), ("images", new[] { image }));
}
