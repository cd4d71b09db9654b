using System.Net;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace ImaNanoBanana.McpServer.Tests.Http;

/// <summary>Who may call a server for remote users, and what it shows of its machine.</summary>
public sealed class HttpAccessTests : IAsyncLifetime
{
    private const string Page = "https://chat.example";

    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Only_users_with_a_token_may_call()
    {
        await using var server = await HttpServer.StartAsync(_shop);

        foreach (var token in new[] { null, "", "token-of-nobody", Users.Anna + "x", Users.All[0].TokenSha256 })
        {
            using var stranger = server.Browser(token);
            using var answer = await stranger.PostAsync(server.McpAddress, Body(Ping), Cancellation);
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
            using var events = await stranger.GetAsync(server.McpAddress, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, events.StatusCode);
        }

        var client = await server.ConnectAsync(Users.Anna);
        Assert.Equal(5, (await client.ListToolsAsync(cancellationToken: Cancellation)).Count);
        using var anybody = server.Browser();
        Assert.Equal("ok", await anybody.GetStringAsync("health", Cancellation));
        Assert.DoesNotContain(Users.Anna, server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_belongs_to_one_user()
    {
        await using var server = await HttpServer.StartAsync(_shop);
        var anna = await server.ConnectAsync(Users.Anna, "2025-11-25");

        using var ben = server.Browser(Users.Ben);
        ben.DefaultRequestHeaders.Add("Mcp-Session-Id", anna.SessionId);
        using var answer = await ben.PostAsync(server.McpAddress, Body(Ping), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Only_pages_of_an_allowed_origin_may_call()
    {
        await using var server = await HttpServer.StartAsync(_shop, "--origin", Page);
        using var allowed = server.Browser(Users.Anna, Page);
        using var other = server.Browser(Users.Anna, "https://chat.example.evil.example");
        using var opaque = server.Browser(Users.Anna, "null");

        using var preflight = new HttpRequestMessage(HttpMethod.Options, server.McpAddress);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,mcp-session-id");
        using var permitted = await allowed.SendAsync(preflight, Cancellation);
        Assert.Equal([Page], permitted.Headers.GetValues("Access-Control-Allow-Origin"));

        using var initialized = await allowed.PostAsync(server.McpAddress, Body(Initialize), Cancellation);
        Assert.Equal(HttpStatusCode.OK, initialized.StatusCode);
        Assert.Equal(["Mcp-Session-Id"], initialized.Headers.GetValues("Access-Control-Expose-Headers"));

        foreach (var browser in new[] { other, opaque })
        {
            using var refused = await browser.PostAsync(server.McpAddress, Body(Initialize), Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("photo.png")]
    public async Task No_file_of_the_server_is_read(string image)
    {
        await File.WriteAllBytesAsync(Path.Combine(_shop.Folder, "photo.png"), FileTests.OnePixel, Cancellation);
        await using var server = await HttpServer.StartAsync(_shop);
        var client = await server.ConnectAsync(Users.Anna);

        var result = await client.CallAsync("edit_image", null, ("prompt", "in the rain"), ("images", new[] { image }));

        Assert.Equal(
            (true, "InvalidRequest", "no", "never"),
            (result.IsError, result.Word("error", "kind"), result.Word("error", "credits_spent"), result.Word("error", "retry")));
        Assert.Equal(
            $"'{image}' is no URL, and the server has no access to the files of your machine. Nothing was submitted.",
            result.Word("error", "reason"));
        Assert.Empty(_shop.Simulator.Requests);
    }

    [Fact]
    public async Task An_error_names_no_file_of_the_server()
    {
        var blocked = Path.Combine(_shop.Folder, "journal-is-a-file");
        await File.WriteAllTextAsync(blocked, "", Cancellation);
        await using var server = await HttpServer.StartAsync(_shop, "--journal", blocked);
        var client = await server.ConnectAsync(Users.Anna);

        foreach (var result in new[] { await client.GenerateAsync("a puppy"), await client.TaskAsync(), await client.TaskAsync("task_1") })
        {
            Assert.DoesNotContain(_shop.Folder, result.Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("journal-is-a-file", result.Json().GetRawText(), StringComparison.Ordinal);
        }

        Assert.Equal("NotSent", (await client.GenerateAsync("a puppy")).Word("error", "kind"));
        Assert.Empty(_shop.Simulator.Charges);
    }

    [Fact]
    public async Task Data_and_earlier_images_are_sources()
    {
        await using var server = await HttpServer.StartAsync(_shop);
        var client = await server.ConnectAsync(Users.Anna);
        var data = "data:image/png;base64," + Convert.ToBase64String(FileTests.OnePixel);

        var first = await client.CallAsync("edit_image", null, ("prompt", "in the rain"), ("images", new[] { data }));
        var second = await client.CallAsync("edit_image", null, ("prompt", "in snow"), ("images", new[] { first.Word("task_id")! }));

        Assert.Equal(("ready", "ready"), (first.Word("status"), second.Word("status")));
        Assert.Null(first.Json().GetProperty("images")[0].TryGetProperty("path", out var path) ? path.GetString() : null);
    }

    public static TheoryData<string[], string> WrongOptions() => new()
    {
        { ["--http", "http://127.0.0.1:0"], "--http needs --users FILE." },
        { ["--users", "users.json"], "--users and --origin need --http." },
        {
            ["--http", "https://x.example", "--users", "u"],
            "'https://x.example' is not an address to listen at. Example: http://127.0.0.1:8080."
        },
        {
            ["--http", "http://127.0.0.1:0", "--users", "users.json", "--save", "."],
            "--save and --files cannot be used with --http: remote users get links and send https URLs."
        },
        {
            ["--http", "http://127.0.0.1:0", "--users", "empty.json"],
            "empty.json lists no users. `ima-mcp new-token NAME` prints an entry."
        },
        { ["--http", "http://127.0.0.1:0", "--users", "twins.json"], "twins.json: two users have the same name or the same token." },
        {
            ["--http", "http://127.0.0.1:0", "--users", "plain.json"],
            "plain.json: token_sha256 of anna must have 64 hexadecimal digits; `ima-mcp new-token anna` prints them."
        },
        {
            ["--http", "http://127.0.0.1:0", "--users", "path.json"],
            "path.json: a name must have 1 to 64 letters, digits, '-', '_' or '.', and begin with a letter or digit."
        },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public async Task A_server_with_wrong_options_says_what_is_wrong(string[] args, string sentence)
    {
        var hash = Users.All[0].TokenSha256;
        Users.File(_shop);
        await WriteAsync("empty.json", "[]");
        await WriteAsync("plain.json", """[{"name":"anna","token_sha256":"secret"}]""");
        await WriteAsync("path.json", $$"""[{"name":"../anna","token_sha256":"{{hash}}"}]""");
        await WriteAsync("twins.json", $$"""[{"name":"anna","token_sha256":"{{hash}}"},{"name":"ANNA","token_sha256":"{{hash}}"}]""");

        Assert.Equal((2, sentence), await HttpServer.RefusedAsync(_shop, args));
    }

    [Fact]
    public async Task A_new_token_opens_the_server()
    {
        using var made = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("dotnet", [ServerProcess.Program, "new-token", "carla"])
            {
                RedirectStandardOutput = true,
            })!;
        var lines = (await made.StandardOutput.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.TrimEntries);
        await using var server = await HttpServer.StartAsync(_shop, "--users", await WriteAsync("carla.json", lines[3]));

        var client = await server.ConnectAsync(lines[1]);

        Assert.Equal("ready", (await client.GenerateAsync("a puppy")).Word("status"));
    }

    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"page","version":"1"}}}""";

    private static StringContent Body(string text)
    {
        var content = new StringContent(text, Encoding.UTF8, MediaTypeNames.Application.Json);
        return content;
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_shop.Folder, name);
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }
}
