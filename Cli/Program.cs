Console.WriteLine("imagelibrary");
