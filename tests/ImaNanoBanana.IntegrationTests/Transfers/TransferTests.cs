using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Options;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.IntegrationTests.Transfers;

/// <summary>
/// Over real sockets: a failure of the upload token, the PUT or the download ends in a typed error, or in success if it is transient. No
/// other host sees the key. The expected values are those of docs/reliability.md.
/// </summary>
public class TransferTests
{
    private const string Heading = "## Uploads and downloads";
    private const string Key = "ima_recognisable_key";
    private const string Secret = "presigned-secret";
    private const string TokenPath = "/api/rest/oss/getuploadtoken";
    private const string PutPath = "/oss/0001.png";
    private const string ImagePath = "/out/1.png";

    /// <summary>Longer than any back-off and shorter than the deadlines of 30 s.</summary>
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, Func<RawRequest, Reply?>> Events = new()
    {
        ["all well"] = request =>
            request.Target.StartsWith(ImagePath, StringComparison.Ordinal) ? Reply.Binary(TestImage.Png) : Well(request),
        ["connection refused"] = _ => throw new InvalidOperationException("The connection was refused."),
        ["connection lost"] = _ => Reply.Drop,
        ["403 (expired address)"] = _ => Reply.Json(403, "{}"),
        ["503"] = _ => Reply.GatewayError,
        ["redirect to another host"] = _ => Reply.Redirect(307, "https://elsewhere.example/x"),
        ["no answer"] = _ => null,
        ["an address on an unknown host"] = _ => Token("https://elsewhere.example/oss/0001.png"),
        ["a plain http address"] = _ => Token("http://bucket.aliyuncs.com/oss/0001.png"),
        ["cut off"] = _ => Reply.Binary(TestImage.Png[..1000], TestImage.Png.Length),
        ["cut off, length not given"] = _ => Reply.Binary(TestImage.Png[..1000]),
        ["too big"] = _ => Reply.Binary([.. TestImage.Png, .. new byte[10_000]]),
        ["another shape"] = _ => Reply.Binary([.. TestImage.Png[..22], 3, 0, .. TestImage.Png[24..]]),
        ["no image"] = _ => Reply.Binary("<html>sign in to the hotel's network</html>"u8.ToArray()),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var row in MarkdownTable.Read(Heading))
        {
            rows.Add(row["request"], row["the host answers"], row["tries and result"]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Transfer_ends_as_the_table_says_and_no_other_host_sees_the_key(string request, string what, string expected)
    {
        var path = request switch
        {
            "token" => TokenPath,
            "PUT" => PutPath,
            _ => ImagePath,
        };
        var time = new TestTimeProvider();
        await using var server = new RawServer();
        server.OnOther = async asked =>
        {
            if (!asked.Target.StartsWith(path, StringComparison.Ordinal))
            {
                return Well(asked);
            }

            if (Events[what](asked) is { } reply)
            {
                return reply;
            }

            // There is no response: the clock runs until the client gives up.
            time.Advance(TimeSpan.FromSeconds(30));
            await Task.Delay(Timeout.InfiniteTimeSpan, time, Cancel);
            return Reply.Drop;
        };
        var refusedHost = what != "connection refused" ? null : request switch
        {
            "token" => "imapi.liveme.com",
            "PUT" => "bucket.aliyuncs.com",
            _ => "images.example",
        };
        await using var provider = Provider(server, refusedHost, time);
        var client = provider.GetRequiredService<IImaImageClient>();

        var work = request == "download" ? DownloadAsync(client) : UploadAsync(client);
        await time.RunAsync(work, LongestBackOff, Cancel);
        var result = await work;

        Assert.Equal(expected, $"{server.Requests.Count(asked => asked.Target.StartsWith(path, StringComparison.Ordinal))} {result}");
        Assert.Equal(0, server.CreateBodies);
        foreach (
            var asked in server.Requests.Where(
                asked => asked.Target.StartsWith(PutPath, StringComparison.Ordinal)
                    || asked.Target.StartsWith(ImagePath, StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(
                Key,
                asked.Target + string.Join(' ', asked.Headers.Values) + System.Text.Encoding.Latin1.GetString(asked.Body),
                StringComparison.Ordinal);
            Assert.False(asked.Headers.ContainsKey("Authorization"));
        }

        Assert.DoesNotContain(
            provider.GetFakeLogCollector().GetSnapshot().Select(Text),
            line => line.Contains(Key, StringComparison.Ordinal) || line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void The_table_has_every_event() =>
        Assert.Equal(Events.Keys.Order(), MarkdownTable.Read(Heading).Select(row => row["the host answers"]).Distinct().Order());

    private static Reply Well(RawRequest request) =>
        request.Target == TokenPath ? Token("https://bucket.aliyuncs.com" + PutPath) : Reply.Json(200, "");

    private static Reply Token(string put) =>
        Reply.Json(200, $$$"""{"code":0,"data":{"ful":"{{{put}}}?Signature={{{Secret}}}","fdl":"https://cdn.example/0001.png"}}""");

    private static async Task<string> UploadAsync(IImaImageClient client)
    {
        try
        {
            return (await client.UploadAsync(ImageInput.FromBytes(TestImage.Png), Cancel)).OriginalString == "https://cdn.example/0001.png"
                ? "uploaded"
                : "wrong address";
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.UploadFailed)
        {
            CheckText(exception);
            return $"upload failed {exception.Code}".TrimEnd();
        }
    }

    private static async Task<string> DownloadAsync(IImaImageClient client)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var saved = await client.SaveAsync(
                new GeneratedImage(
                    new Uri($"https://images.example{ImagePath}?Signature={Secret}"))
                { RequestedAspectRatio = AspectRatio.Square1x1 },
                Path.Combine(folder.FullName, "x.png"), cancellationToken: Cancel);
            var bytes = await File.ReadAllBytesAsync(saved.Path!, Cancel);
            return saved.MatchesRequestedAspectRatio == false ? "saved, and reported as of another shape"
                : bytes.SequenceEqual(TestImage.Png) ? "saved"
                : "saved something else";
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.DownloadFailed)
        {
            CheckText(exception);
            return $"download failed {exception.Code}".TrimEnd() + (folder.EnumerateFileSystemInfos().Any() ? ", file left" : "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CheckText(ImaException exception)
    {
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
    }

    private static string Text(FakeLogRecord logged) =>
        $"{logged.Category} {logged.Level} {logged.Message} {logged.Exception} {string.Join(' ', logged.Scopes)}";

    private static ServiceProvider Provider(RawServer server, string? refusedHost, TimeProvider time)
    {
        var services = new ServiceCollection().AddSingleton(time);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging());
        services.ConfigureHttpClientDefaults(client => client.RedactLoggedHeaders(_ => false));
        var ima = services.AddImaNanoBanana(options =>
        {
            options.ApiKey = Key;
            options.MaxDownloadBytes = 5000;
        });
        services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(
            () => server.Handler(isRefused: host => host == refusedHost));
        return services.BuildServiceProvider();
    }
}
