using System.Text.Json.Nodes;
using System.Web;
using ImaNanoBanana.Tests.Client;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>Uploads through the public client.</summary>
public class UploadTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5];

    /// <summary>Longer than any back-off and shorter than the deadlines of 30 s and more.</summary>
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Local_image_is_uploaded_and_submitted_by_its_public_url()
    {
        using var handler = new ScriptedHandler();
        var time = new TestTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        using var client = TestClient.Create(handler, time);

        var task = await client.SubmitAsync(Edit(ImageInput.FromUrl("https://example.com/a.jpg"), ImageInput.FromBytes(Png)), Token);

        Assert.Equal("task_1", task.Id);
        Assert.Equal(["list", "getuploadtoken", "put", "create"], handler.Requests.Select(request => request.Endpoint));
        var form = HttpUtility.ParseQueryString(handler.Requests[1].Body);
        Assert.Equal(
            ["appUid", "appId", "appKey", "cmimToken", "sign", "timestamp", "nonce", "fService", "fType", "fSuffix", "fContentType"],
            form.AllKeys.OfType<string>());
        Assert.Equal(
            ("ima_test_key", "webAgent", "32jdskjdk320eew", "ima_test_key", "privite", "picture", "png", "image/png", "1795348800"),
            (
                form["appUid"],
                form["appId"],
                form["appKey"],
                form["cmimToken"],
                form["fService"],
                form["fType"],
                form["fSuffix"],
                form["fContentType"],
                form["timestamp"]));
        Assert.Matches("^[0-9a-f]{21}$", form["nonce"]);
        Assert.Equal(UploadSignature.Sign(1795348800, form["nonce"]!), form["sign"]);
        Assert.Equal(Png, System.Text.Encoding.Latin1.GetBytes(handler.Requests[2].Body));
        var create = JsonNode.Parse(handler.Requests[3].Body)!;
        Assert.Equal("""["https://example.com/a.jpg","https://cdn.example/1.png"]""", create["src_img_url"]!.ToJsonString());
        Assert.Equal(
            """["https://example.com/a.jpg","https://cdn.example/1.png"]""",
            create["parameters"]![0]!["parameters"]!["input_images"]!.ToJsonString());
        Assert.Equal("image_to_image", (string?)create["task_type"]);
    }

    [Fact]
    public async Task Key_is_sent_in_the_form_of_the_token_and_never_to_the_storage_host()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        await client.SubmitAsync(Edit(ImageInput.FromBytes(Png)), Token);

        var put = handler.Heads.Single(request => request.Endpoint == "put").Head;
        Assert.StartsWith("PUT https://bucket.aliyuncs.com/oss/1.png?Signature=secret%2B ", put, StringComparison.Ordinal);
        Assert.Contains("Content-Type: image/png", put, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 13", put, StringComparison.Ordinal);
        Assert.DoesNotContain("ima_test_key", put, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", put, StringComparison.Ordinal);
        Assert.DoesNotContain("x-app-source", put, StringComparison.Ordinal);
        var token = handler.Heads.Single(request => request.Endpoint == "getuploadtoken").Head;
        Assert.StartsWith("POST https://imapi.liveme.com/api/rest/oss/getuploadtoken ", token, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/x-www-form-urlencoded", token, StringComparison.Ordinal);
        Assert.DoesNotContain("ima_test_key", token, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"code":0,"data":null}""", null, "upload token")]
    [InlineData(200, """{"data":{"ful":"https://b.aliyuncs.com/1","fdl":"https://c.example/1"}}""", null, "upload token")]
    [InlineData(200, """{"code":0,"data":{"ful":"http://b.aliyuncs.com/1","fdl":"https://c.example/1"}}""", null, "upload token")]
    [InlineData(200, """{"code":0,"data":{"ful":"https://b.aliyuncs.com/1","fdl":"http://c.example/1"}}""", null, "upload token")]
    [InlineData(200, """{"code":0,"data":{"ful":"https://evil.example/1?s=secret","fdl":"https://c.example/1"}}""", null, "host 'evil.example'")]
    [InlineData(200, """{"code":0,"data":{"ful":"https://aliyuncs.com.evil.example/1","fdl":"https://c.example/1"}}""", null, "host 'aliyuncs.com.evil.example'")]
    [InlineData(200, """{"code":0,"data":{"ful":"https://aliyuncs.com/1","fdl":"https://c.example/1"}}""", null, "host 'aliyuncs.com'")]
    [InlineData(200, """{"code":0,"data":{"ful":"https://b.aliyuncs.com:8443/1","fdl":"https://c.example/1"}}""", null, "host 'b.aliyuncs.com'")]
    [InlineData(200, """{"code":0,"data":{"ful":"https://me@b.aliyuncs.com/1","fdl":"https://c.example/1"}}""", null, "host 'b.aliyuncs.com'")]
    [InlineData(
        200, """{"code":10003,"message":"token refused"}""", 10003, "code 10003: token refused")]
    [InlineData(401, "", 401, "code 401")]
    [InlineData(307, "", 307, "code 307")]
    public async Task Unusable_token_ends_the_call_before_the_submission(int status, string body, int? code, string reason)
    {
        using var handler = new ScriptedHandler().With("getuploadtoken", (status, body));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Edit(ImageInput.FromBytes(Png)), Token));

        Assert.Equal(
            (ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, code),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance, exception.Code));
        Assert.Contains("'source image 1 (13 bytes in memory)'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (handler.Count("put"), handler.Count("create")));
    }

    [Theory]
    [InlineData("getuploadtoken", 503)]
    [InlineData("getuploadtoken", 429)]
    [InlineData("getuploadtoken", 0)]
    [InlineData("put", 500)]
    [InlineData("put", 429)]
    [InlineData("put", 0)]
    public async Task Transient_failure_is_repeated_with_the_whole_image(string endpoint, int status)
    {
        using var handler = new ScriptedHandler().With(
            endpoint, (status, ""), (status, ""), (200, endpoint == "put" ? "" : ScriptedHandler.Token));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);
        using var stream = new OneWayStream(Png);

        var start = client.SubmitAsync(Edit(ImageInput.FromStream(stream)), Token);
        await time.RunAsync(start, LongestBackOff, Token);

        Assert.Equal("task_1", (await start).Id);
        Assert.Equal(3, handler.Count(endpoint));
        Assert.All(
            handler.Requests.Where(request => request.Endpoint == "put"),
            put => Assert.Equal(Png, System.Text.Encoding.Latin1.GetBytes(put.Body)));
        Assert.Equal(Png.Length, stream.BytesRead);
    }

    [Theory]
    [InlineData("getuploadtoken", 503, 503)]
    [InlineData("put", 0, null)]
    [InlineData("put", 502, 502)]
    public async Task Persistent_failure_is_tried_three_times(string endpoint, int status, int? code)
    {
        using var handler = new ScriptedHandler().With(endpoint, (status, ""));
        var time = new TestTimeProvider();
        using var client = TestClient.Create(handler, time);

        var start = client.SubmitAsync(Edit(ImageInput.FromBytes(Png)), Token);
        await time.RunAsync(start, LongestBackOff, Token);
        var exception = await Assert.ThrowsAsync<ImaException>(() => start);

        Assert.Equal((ImaErrorKind.UploadFailed, code), (exception.Kind, exception.Code));
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal((3, 0), (handler.Count(endpoint), handler.Count("create")));
    }

    [Fact]
    public async Task Refused_put_is_not_repeated()
    {
        using var handler = new ScriptedHandler().With("put", (403, ""));
        using var client = TestClient.Create(handler);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.UploadAsync(ImageInput.FromBytes(Png), Token));

        Assert.Equal((ImaErrorKind.UploadFailed, 403, 1), (exception.Kind, exception.Code, handler.Count("put")));
    }

    [Fact]
    public async Task Separate_upload_returns_the_public_url()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        Assert.Equal("https://cdn.example/1.png", (await client.UploadAsync(ImageInput.FromBytes(Png), Token)).OriginalString);
        Assert.Equal(
            "https://example.com/a.png", (await client.UploadAsync(ImageInput.FromUrl("https://example.com/a.png"), Token)).OriginalString);
        var exception = await Assert.ThrowsAsync<ImaException>(() => client.UploadAsync(ImageInput.FromBytes("words"u8), Token));
        await Assert.ThrowsAsync<ArgumentNullException>("input", () => client.UploadAsync(null!, Token));

        Assert.Equal((ImaErrorKind.InvalidRequest, ImaInvalidRequestReason.Images), (exception.Kind, exception.InvalidRequestReason));
        Assert.Equal(["getuploadtoken", "put"], handler.Requests.Select(request => request.Endpoint));
    }

    [Fact]
    public async Task Stream_shows_the_upload_before_the_submission_and_leaving_there_sends_nothing()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);

        await foreach (var progress in client.GenerateStreamingAsync(Edit(ImageInput.FromBytes(Png)), Token))
        {
            if (progress.Stage == ImageStage.Uploading)
            {
                Assert.Equal(6, progress.Credits);
                break;
            }
        }

        Assert.Equal(["list"], handler.Requests.Select(request => request.Endpoint));
    }

    [Fact]
    public async Task Image_above_the_size_limit_is_rejected()
    {
        using var handler = new ScriptedHandler();
        using var client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", MaxUploadBytes = 12 }, handler, new TestTimeProvider());
        using var endless = new OneWayStream(Png);

        foreach (
            var input in new[] { ImageInput.FromBytes(Png), ImageInput.FromStream(new MemoryStream(Png)), ImageInput.FromStream(endless) })
        {
            var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(Edit(input), Token));
            Assert.Contains("MaxUploadBytes (12 bytes)", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, handler.Count("getuploadtoken"));
    }

    private static ImageRequest Edit(params IReadOnlyList<ImageInput> images) => new("turn into an oil painting") { Images = images };
}
