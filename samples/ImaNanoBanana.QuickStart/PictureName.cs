namespace ImaNanoBanana.QuickStart;

/// <summary>Creates a file name from a prompt.</summary>
internal static class PictureName
{
    private const int Longest = 60;

    public static string FromPrompt(string prompt)
    {
        var letters = prompt.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-').Take(Longest);
        var name = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return name.Length == 0 ? "image" : name;
    }
}
