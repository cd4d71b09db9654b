using System.Text.RegularExpressions;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Pictures in the terminal (<c>--preview</c>).</summary>
public sealed class PreviewTests : IDisposable
{
    private static readonly byte[] PngStart = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly CliRun _ima = new() { IsTerminal = true };

    [Theory]
    [InlineData("KITTY_WINDOW_ID", "1")]
    [InlineData("TERM", "xterm-kitty")]
    [InlineData("TERM_PROGRAM", "ghostty")]
    public async Task Kitty_gets_the_png_in_pieces(string variable, string value)
    {
        _ima.Variables[variable] = value;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--preview", "-o", "puppy.png"));

        var pieces = Regex.Matches(_ima.Out, @"\u001b_G([^;]*);([A-Za-z0-9+/=]*)\u001b\\");
        Assert.Equal("a=T,f=100,q=2,c=30,m=1", pieces[0].Groups[1].Value);
        Assert.All(pieces, piece => Assert.InRange(piece.Groups[2].Length, 1, 4096));
        Assert.Equal("m=0", pieces[^1].Groups[1].Value);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(_ima.Folder, "puppy.png"), TestContext.Current.CancellationToken),
            Convert.FromBase64String(string.Concat(pieces.Select(piece => piece.Groups[2].Value))));
    }

    [Theory]
    [InlineData("TERM_PROGRAM", "iTerm.app")]
    [InlineData("TERM_PROGRAM", "WezTerm")]
    [InlineData("LC_TERMINAL", "iTerm2")]
    public async Task ITerm2_gets_the_file_without_saving_it(string variable, string value)
    {
        _ima.Variables[variable] = value;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--preview", "-n", "2"));

        var pictures = Regex.Matches(_ima.Out, @"\u001b\]1337;File=inline=1;width=30;preserveAspectRatio=1;size=(\d+):([^\u0007]*)\u0007");
        Assert.Equal(2, pictures.Count);
        Assert.All(pictures, picture =>
        {
            var bytes = Convert.FromBase64String(picture.Groups[2].Value);
            Assert.Equal(picture.Groups[1].Value, bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Assert.True(bytes.AsSpan().StartsWith(PngStart));
        });
    }

    [Theory]
    [InlineData("TERM", "xterm-256color")]
    [InlineData("TMUX", "/tmp/tmux-0/default,1,0")]
    [InlineData("STY", "1.screen")]
    public async Task Another_terminal_gets_a_sentence(string variable, string value)
    {
        _ima.Variables["KITTY_WINDOW_ID"] = variable == "TERM" ? "" : "1";
        _ima.Variables[variable] = value;

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--preview"));

        Assert.DoesNotContain('\u001b', _ima.Out);
        Assert.Contains("--preview works in kitty", _ima.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_file_a_pipe_and_json_get_no_picture(bool isTerminal, bool isJson)
    {
        _ima.IsTerminal = isTerminal;
        _ima.Variables["KITTY_WINDOW_ID"] = "1";

        Assert.Equal(0, await _ima.RunAsync(["generate", "a puppy", "--preview", "--no-save", .. isJson ? new[] { "--json" } : []]));

        Assert.DoesNotContain('\u001b', _ima.Out);
        Assert.DoesNotContain(_ima.Service.Requests, request => request.Endpoint == "image");
    }

    [Fact]
    public async Task A_picture_that_cannot_be_shown_does_not_fail_the_command()
    {
        _ima.Variables["KITTY_WINDOW_ID"] = "1";
        _ima.Service.Script("image", [.. Enumerable.Repeat(new SimulatedFault { Status = 500 }, 10)]);

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy", "--preview", "--no-save"));

        Assert.Contains("The terminal cannot show this picture.", _ima.Error, StringComparison.Ordinal);
        Assert.Contains("task_sim_000001/1.png", _ima.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _ima.Dispose();
}
