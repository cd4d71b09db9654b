using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Reads standard input, which can be the prompt or one image, but not both.</summary>
internal sealed class StandardInput(Session session)
{
    /// <summary>Stands for standard input on the command line.</summary>
    public const string Name = "-";

    /// <summary>One more byte than the largest image that can be uploaded, so that the SDK sees that the image is too large.</summary>
    private const int MostBytes = (50 * 1024 * 1024) + 1;

    private bool _isUsed;

    /// <exception cref="StopException">The text is not valid, or standard input was read before.</exception>
    public async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        Use();
        var text = await Task.Run(session.Host.In.ReadToEnd, cancellationToken).WaitAsync(cancellationToken);
        return PromptText.FromDecoded(text) ?? throw PromptText.Unreadable(session.Say, session.Say["Standard input", "标准输入"]);
    }

    /// <exception cref="StopException">Standard input was read before.</exception>
    public async Task<byte[]> BytesAsync(CancellationToken cancellationToken)
    {
        Use();
        return await Task.Run(Read, cancellationToken).WaitAsync(cancellationToken);
    }

    private byte[] Read()
    {
        using var input = session.Host.OpenInput();
        using var bytes = new MemoryStream();
        var part = new byte[81920];
        int length;
        while (bytes.Length < MostBytes && (length = input.Read(part)) > 0)
        {
            bytes.Write(part, 0, length);
        }

        return bytes.ToArray();
    }

    private void Use()
    {
        if (_isUsed)
        {
            throw new StopException(ExitCode.Usage, session.Say[
                "Standard input (-) can be used only once. Nothing was submitted.", "标准输入（-）只能使用一次。未提交请求。"]);
        }

        _isUsed = true;
    }
}
