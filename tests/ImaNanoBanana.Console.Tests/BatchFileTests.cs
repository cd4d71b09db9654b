using System.Text;
using ImaNanoBanana.Cli.Batch;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Which output paths a batch file may name, and how its bytes are read.</summary>
public sealed class BatchFileTests : IDisposable
{
    private readonly CliRun _ima = new();

    public void Dispose() => _ima.Dispose();

    /// <summary>No line writes outside the folder of <c>-o</c>, or outside the current folder without <c>-o</c>.</summary>
    [Theory]
    [InlineData("../x", true)]
    [InlineData("../../x", false)]
    [InlineData("sub/../../x", true)]
    [InlineData("/tmp/ima-outside", true)]
    [InlineData("/tmp/ima-outside", false)]
    [InlineData("../out2/x", true)]
    [InlineData("..", true)]
    [InlineData("", true)]
    [InlineData("x\\u0000", true)]
    public async Task Output_outside_the_folder_is_rejected(string output, bool hasFolder)
    {
        await WriteAsync(Encoding.UTF8.GetBytes("{\"prompt\":\"a cat\"}\n{\"prompt\":\"a dog\",\"output\":\"" + output + "\"}"));

        Assert.Equal(2, await _ima.RunAsync(["batch", "list.jsonl", .. hasFolder ? new[] { "-o", "out" } : []]));

        Assert.Contains("Line 2: its output '", _ima.Error, StringComparison.Ordinal);
        Assert.Contains("is outside the folder '", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
        Assert.Equal(["list.jsonl"], Directory.GetFileSystemEntries(_ima.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("x", "/out/x")]
    [InlineData("a/../b", "/out/b")]
    [InlineData("..x", "/out/..x")]
    [InlineData(".", "/out")]
    [InlineData("a/", "/out/a/")]
    [InlineData("../out/x", "/out/x")]
    [InlineData("~/x", "/out/~/x")]
    public void Output_below_the_folder_is_accepted(string output, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are those of Unix.");
        Assert.Equal(expected, new BatchPlace("/out/").PathOf(output));
    }

    /// <summary>A line that is not valid UTF-8 would be submitted garbled.</summary>
    [Theory]
    [InlineData("C3A92062CAC7", true)] // GBK after an ASCII letter.
    [InlineData("B9B7", true)] // GBK.
    [InlineData("636166E9", true)] // Latin-1.
    [InlineData("EDA080", true)] // One half of a surrogate pair.
    [InlineData("C0AF", true)] // An overlong slash.
    [InlineData("E78B97", false)]
    public async Task Line_that_is_not_utf8_is_rejected(string prompt, bool isRefused)
    {
        await WriteAsync([.. "{\"prompt\":\"a cat\"}\r\n{\"prompt\":\""u8, .. Convert.FromHexString(prompt), .. "\"}"u8]);

        Assert.Equal(isRefused ? 2 : 0, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Equal(isRefused, _ima.Error.Contains("Line 2: it is not valid UTF-8", StringComparison.Ordinal));
        Assert.Equal(isRefused ? 0 : 2, _ima.Service.Charges.Count);
    }

    /// <summary>Other Unicode encodings have zero bytes and byte order marks, which are not valid UTF-8 either.</summary>
    [Fact]
    public async Task Utf16_is_rejected_and_a_utf8_byte_order_mark_is_accepted()
    {
        await WriteAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("{\"prompt\":\"a cat\"}")]);
        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Contains("Line 1: it is not valid UTF-8", _ima.Error, StringComparison.Ordinal);

        await WriteAsync([.. Encoding.UTF8.GetPreamble(), .. "{\"prompt\":\"a cat\"}"u8]);
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));
    }

    /// <summary>Standard input was already decoded; invalid bytes are visible in the text.</summary>
    [Fact]
    public async Task Standard_input_that_could_not_be_decoded_is_rejected()
    {
        _ima.Input = "{\"prompt\":\"caf\uFFFD\"}";

        Assert.Equal(2, await _ima.RunAsync("batch", "-"));

        Assert.Empty(_ima.Service.Charges);
    }

    /// <summary>An invalid value ends with a line that reports it, and the program continues.</summary>
    [Theory]
    [InlineData("""{"prompt":null}""")]
    [InlineData("""{"prompt":"a cat","images":[null]}""")]
    [InlineData("""{"prompt":"a cat","images":[""]}""")]
    [InlineData("""{"prompt":"a cat","images":["a\u0000b"]}""")]
    [InlineData("""{"prompt":"a cat","images":["https://"]}""")]
    [InlineData("""{"prompt":"a cat","size":""}""")]
    [InlineData("""{"prompt":"a cat","aspect_ratio":""}""")]
    [InlineData("""{"prompt":"a cat","idempotency_key":""}""")]
    [InlineData("""{"prompt":"a \ud83d cat"}""")]
    [InlineData("""{"prompt":"a cat","count":0}""")]
    [InlineData("""{"prompt":"a cat","count":1e400}""")]
    [InlineData("""{"prompt":"a cat","max_credits":1e400}""")]
    [InlineData("""{"prompt":"a cat","parameters":{"x":"\ud83d"}}""")]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    public async Task Line_that_is_not_a_request_is_reported(string line)
    {
        await WriteAsync(Encoding.UTF8.GetBytes(line));

        Assert.InRange(await _ima.RunAsync("batch", "list.jsonl"), 1, 9);
        Assert.NotEmpty(_ima.Error);
        Assert.Empty(_ima.Service.Charges);
    }

    /// <summary>A name that no file system accepts is rejected before the submission.</summary>
    [Fact]
    public async Task Output_path_that_is_too_long_is_rejected_before_the_submission()
    {
        var name = new string('狗', 84);
        await WriteAsync(Encoding.UTF8.GetBytes("{\"prompt\":\"a dog\",\"output\":\"" + name + "\"}"));

        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Contains(
            $"Line 1: its output '{name}' is too long for a file name.\nNothing was submitted.",
            _ima.Error,
            StringComparison.Ordinal);
        Assert.Equal(2, await _ima.RunAsync("generate", "a dog", "-o", name));
        Assert.Equal($"'{name}' is too long for a file name. Nothing was submitted.\n", _ima.Error);
        Assert.Empty(_ima.Service.Charges);

        var fits = new string('狗', 73);
        Assert.Equal(0, await _ima.RunAsync("generate", "a dog", "-o", fits));
        Assert.True(File.Exists(Path.Combine(_ima.Folder, fits + ".png")));
    }

    private Task WriteAsync(byte[] bytes) =>
        File.WriteAllBytesAsync(Path.Combine(_ima.Folder, "list.jsonl"), bytes, TestContext.Current.CancellationToken);
}
