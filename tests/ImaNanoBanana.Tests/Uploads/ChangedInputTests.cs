using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Uploads;

/// <summary>
/// The uploaded bytes are the checked ones: if an image was changed in between, the call ends before the submission.
/// </summary>
public sealed class ChangedInputTests : IDisposable
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Photo => Path.Combine(_folder.FullName, "photo.png");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    public static TheoryData<string> Changes => ["replaced", "written to", "longer", "shorter", "same length, same times", "a letter"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task File_that_was_changed_is_not_uploaded(string change)
    {
        await File.WriteAllBytesAsync(Photo, Png, Token);
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var quote = await client.QuoteAsync(new ImageRequest("make it red") { Images = [ImageInput.FromFile(Photo)] }, Token);
        await ChangeAsync(change);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(quote, Token));

        Assert.Contains($"'{Photo}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("it changed", exception.Message, StringComparison.Ordinal);
        Assert.Equal((ImaErrorKind.UploadFailed, ImaChargeStatus.NotCharged), (exception.Kind, exception.ChargeStatus));
        Assert.Equal(0, handler.Count("create"));
        Assert.DoesNotContain(handler.Requests, request => request.Endpoint == "put" && request.Body.Length > 0);
    }

    [Fact]
    public async Task File_that_is_written_to_while_it_is_uploaded_ends_before_the_submission()
    {
        await File.WriteAllBytesAsync(Photo, Png, Token);
        using var handler = new ScriptedHandler();
        using var writing = new WritingHandler(handler, () => File.AppendAllText(Photo, "more"));
        using var client = TestClients.Create(new ImaNanoBananaOptions { ApiKey = "ima_test_key" }, writing);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(
            new ImageRequest("make it red") { Images = [ImageInput.FromFile(Photo)] }, Token));

        Assert.Contains("it changed", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, handler.Count("create"));
    }

    [Fact]
    public async Task Stream_with_changed_content_is_not_uploaded()
    {
        using var stream = new MemoryStream([.. Png]);
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var quote = await client.QuoteAsync(new ImageRequest("make it red") { Images = [ImageInput.FromStream(stream)] }, Token);
        stream.Position = 0;
        stream.Write("%PDF-1.7 12345"u8[..Png.Length]);

        await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(quote, Token));

        Assert.Equal(0, handler.Count("create"));
    }

    [Fact]
    public async Task File_behind_a_stream_that_was_written_to_is_not_uploaded()
    {
        // The change is far behind the start, which is compared for every kind of image.
        byte[] photo = [.. Png, .. new byte[5000]];
        await File.WriteAllBytesAsync(Photo, photo, Token);
        await using var stream = new FileStream(Photo, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var handler = new ScriptedHandler();
        using var client = TestClient.Create(handler);
        var request = new ImageRequest("make it red") { Images = [ImageInput.FromStream(stream)] };
        await client.SubmitAsync(await client.QuoteAsync(request, Token), Token);
        var quote = await client.QuoteAsync(request, Token);
        photo[^1] = 9;
        await File.WriteAllBytesAsync(Photo, photo, Token);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(quote, Token));

        Assert.Contains("it changed", exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, handler.Count("create"));
    }

    private async Task ChangeAsync(string change)
    {
        var times = File.GetLastWriteTimeUtc(Photo);
        switch (change)
        {
            case "replaced":
                await File.WriteAllBytesAsync(Photo + "2", Png, Token);
                File.SetLastWriteTimeUtc(Photo + "2", times);
                File.Move(Photo + "2", Photo, overwrite: true);
                break;
            case "written to":
                await File.WriteAllBytesAsync(Photo, [.. Png[..^1], 9], Token);
                break;
            case "longer":
                await File.WriteAllBytesAsync(Photo, [.. Png, 1], Token);
                break;
            case "shorter":
                await File.WriteAllBytesAsync(Photo, Png[..^1], Token);
                break;
            case "a letter":
                await File.WriteAllTextAsync(Photo, "a private text", Token);
                break;
            default:
                Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux reports the time of the change.");
                await File.WriteAllBytesAsync(Photo, [.. Png[..^1], 9], Token);
                File.SetLastWriteTimeUtc(Photo, times);
                break;
        }
    }

    /// <summary>Writes to the file after its token was requested and before its bytes are sent.</summary>
    private sealed class WritingHandler(HttpMessageHandler inner, Action write) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Put)
            {
                write();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
