/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text and tables as they stand in a terminal, with wide and hostile characters. */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "atelier-cli-text.h"

/* Compares and frees. */
static void
assert_text (char       *actual,
             const char *expected)
{
  g_assert_cmpstr (actual, ==, expected);
  g_free (actual);
}

static void
test_clean (void)
{
  assert_text (atelier_cli_text_clean ("plain, 28×28"), "plain, 28×28");
  assert_text (atelier_cli_text_clean ("two\nlines\u2028\u202e"), "two�lines��");
  assert_text (atelier_cli_text_clean ("a\x1b[31mb\r\tc\x7f"), "a�[31mb��c�");
  assert_text (atelier_cli_text_clean ("a\xff"), "a�");
}

static char * G_GNUC_PRINTF (1, 2)
format (const char *text,
        ...)
{
  va_list arguments;
  char *result;

  va_start (arguments, text);
  result = atelier_cli_text_format (text, arguments);
  va_end (arguments);
  return result;
}

/* A name cannot end a line, even if it guesses how line ends are kept apart. */
static void
test_format (void)
{
  assert_text (format ("plain\n"), "plain\n");
  assert_text (format ("\n%s: %u\n\n", "name", 3u), "\nname: 3\n\n");
  assert_text (format ("%2$s, %1$s\n", "a\nb", "c\r\n"), "c��, a�b\n");
  assert_text (format ("%s\n", "a\x1e" "0\x1e" "b\x1e" "1\x1e"), "a�0�b�1�\n");
}

static void
test_width (void)
{
  g_assert_cmpuint (atelier_cli_text_width (""), ==, 0);
  g_assert_cmpuint (atelier_cli_text_width ("28×28"), ==, 5);
  g_assert_cmpuint (atelier_cli_text_width ("靴"), ==, 2);
  g_assert_cmpuint (atelier_cli_text_width ("e\xcc\x81"), ==, 1);
}

static void
test_cut (void)
{
  assert_text (atelier_cli_text_cut ("abc", 3), "abc");
  assert_text (atelier_cli_text_cut ("abcd", 3), "ab…");
  assert_text (atelier_cli_text_cut ("abcd", 1), "…");
  assert_text (atelier_cli_text_cut ("abcd", 0), "");
  assert_text (atelier_cli_text_cut ("靴靴靴", 4), "靴…");
}

static char *
print_to_string (AtelierCliTable *table)
{
  char *text = NULL;
  size_t n = 0;
  FILE *stream = open_memstream (&text, &n);

  atelier_cli_table_print (table, stream, 1);
  fclose (stream);
  return text;
}

static void
test_table (void)
{
  g_autoptr (AtelierCliTable) table = atelier_cli_table_new ("lr");
  char *text = NULL;

  atelier_cli_table_add_row (table, "Shirt", "7", NULL);
  atelier_cli_table_add_row (table, "靴\n", "1,000", "one too many", NULL);
  atelier_cli_table_add_row (table, "", NULL);
  text = print_to_string (table);
  g_assert_cmpstr (text, ==,
                   " Shirt      7\n"
                   " 靴�    1,000\n"
                   "\n");
  free (text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/text/clean", test_clean);
  g_test_add_func ("/cli/text/format", test_format);
  g_test_add_func ("/cli/text/width", test_width);
  g_test_add_func ("/cli/text/cut", test_cut);
  g_test_add_func ("/cli/text/table", test_table);
  return g_test_run ();
}
