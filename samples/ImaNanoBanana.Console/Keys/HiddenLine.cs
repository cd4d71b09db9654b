using System.Text;

namespace ImaNanoBanana.Cli.Keys;

/// <summary>Reads a line from the terminal without showing it.</summary>
internal static class HiddenLine
{
    public static string Read()
    {
        var line = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } pressed)
        {
            if (pressed.Key == ConsoleKey.Backspace)
            {
                line.Length = Math.Max(0, line.Length - 1);
            }
            else if (!char.IsControl(pressed.KeyChar))
            {
                line.Append(pressed.KeyChar);
            }
        }

        return line.ToString();
    }
}
